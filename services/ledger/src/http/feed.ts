import {
  readFeed,
  readHead as readHeadEndpoint,
  streamFeed,
} from '@jishi/contracts/ledger/endpoints';

import type { FeedItem, FeedPage } from '@jishi/contracts/ledger/envelope';
import { type Principal, TOKEN_LIFETIME_SECONDS } from '@jishi/contracts/principal';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { conditionalAnswer, unchangedAnswer } from '@jishi/runtime/conditional-answer';
import type { Log } from '@jishi/runtime/log';
import type { Asked, Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import type { LedgerTables } from '../store/database.ts';
import { readHead, readHeadAt, readLeaf } from '../store/head.ts';
import { type LogFollower, readRawLog } from '../store/log/follow.ts';
import { beyondHead } from './beyond-head.ts';
import { personOf } from './caller.ts';
import { answerFeedStream } from './feed-stream.ts';
import { ASKED_ABOUT_AGAIN, KEPT_FOR_A_DAY, keptAnswer } from './kept-answer.ts';

const STREAMS_MAX = 500;
/** A stream ends with the token that opened it; the client comes back with a fresh one. */
const STREAM_LIFETIME_MS = TOKEN_LIFETIME_SECONDS * 1_000;

/** Private parts: the auditor and the exchange operator, and the subsidy service by itself. */
export const seesPrivateParts = (principal: Principal | undefined): boolean => {
  const person = personOf(principal);
  if (person) return person.roles.some((r) => r === 'auditor' || r === 'exchange-operator');
  return principal?.kind === 'service' && principal.service === 'subsidy';
};

export interface FeedDeps {
  readonly db: Kysely<LedgerTables>;
  readonly follower: LogFollower;
  readonly log: Log;
  /** Aborts when the service closes; ends every stream. */
  readonly closing: AbortSignal;
}

const readItems = async (
  db: Kysely<LedgerTables>,
  after: number,
  limit: number,
  principal: Principal | undefined,
): Promise<FeedItem[]> => {
  const rows = await readRawLog(db, after, limit, seesPrivateParts(principal));
  return rows.map(({ seq, envelope, privateText, remainder }) => ({
    ...{ seq, envelope, private: privateText },
    ...(remainder === null ? {} : { remainder }),
  }));
};

/**
 * A page of the public feed that is full never changes again: it is known by where it begins, how
 * long it is and the leaf of its last event, and may be kept. The head in it is the head of the
 * moment when it was made. Other public pages are asked about again; pages with private parts,
 * which an erasure may change, are not stored.
 */
const answerPage = async (
  db: Kysely<LedgerTables>,
  asked: Asked<typeof readFeed>,
): Promise<Response> => {
  const { principal, context } = asked;
  const { after, limit } = asked.query;
  // The head first: items may then go beyond it, but never end before it unnoticed.
  const head = await readHead(db);
  requireInLog('query.after', after, head.seq);
  const isPublic = principal === undefined;
  const last = isPublic && after + limit <= head.seq ? await readLeaf(db, after + limit) : null;
  const etag = last && `"${after}-${limit}-${last.toString('base64url')}"`;
  const unchanged = etag && unchangedAnswer(context, etag, KEPT_FOR_A_DAY);
  if (unchanged) return unchanged;
  const page: FeedPage = { items: await readItems(db, after, limit, principal), head };
  if (etag) return conditionalAnswer(context, JSON.stringify(page), KEPT_FOR_A_DAY, etag);
  return keptAnswer(readFeed, asked, page, isPublic ? ASKED_ABOUT_AGAIN : null);
};

const SEQUENCE = /^\d{1,15}$/;

/** The last event that a reader says it has; what is no sequence is refused, not passed over. */
const placeOf = (lastEventId: string | undefined): number | null => {
  if (lastEventId === undefined || lastEventId === '') return null;
  if (SEQUENCE.test(lastEventId)) return Number(lastEventId);
  throw refuseField(
    ...(['invalid-input', 'last-event-id', 'sequence'] as const),
    'Last-Event-ID 应为账本序号',
    'Last-Event-ID is a sequence of the log',
  );
};

/** A reader that is ahead of the log has read another one, or this one before it was restored. */
const requireInLog = (field: string, after: number, head: number): void => {
  if (after > head) throw beyondHead(field, after, head);
};

/** GET /feed, /feed/stream and /log/head. */
export const serveFeed = (service: Service, { db, follower, closing, log }: FeedDeps): void => {
  let streams = 0;

  service.serveRaw(readFeed, (asked) => answerPage(db, asked));
  service.serveRaw(readHeadEndpoint, async (asked) => {
    const { recordedAt } = asked.query;
    const head = await (recordedAt === undefined ? readHead(db) : readHeadAt(db, recordedAt));
    return keptAnswer(readHeadEndpoint, asked, head, ASKED_ABOUT_AGAIN);
  });

  service.serveRaw(streamFeed, async ({ principal, query, context }) => {
    if (streams >= STREAMS_MAX) throw new Refusal('service-busy');
    const said = placeOf(context.req.header('last-event-id'));
    const after = said ?? query.after ?? 0;
    const field = said === null ? 'query.after' : 'last-event-id';
    requireInLog(field, after, (await readHead(db)).seq);
    const lifetime = principal ? [AbortSignal.timeout(STREAM_LIFETIME_MS)] : [];
    streams += 1;
    return answerFeedStream(context, {
      ...{ after, log, waitForMore: follower.waitForMore },
      read: (from, limit) => readItems(db, from, limit, principal),
      signal: AbortSignal.any([closing, ...lifetime]),
      ended: () => {
        streams -= 1;
      },
    });
  });
};
