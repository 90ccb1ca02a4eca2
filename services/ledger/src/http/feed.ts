import {
  readFeed,
  readHead as readHeadEndpoint,
  streamFeed,
} from '@jishi/contracts/ledger/endpoints';
import type { FeedItem, FeedPage } from '@jishi/contracts/ledger/envelope';
import { type Principal, TOKEN_LIFETIME_SECONDS } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { conditionalAnswer, unchangedAnswer } from '@jishi/runtime/conditional-answer';
import type { Asked, Service } from '@jishi/runtime/service';
import { streamSSE } from 'hono/streaming';
import type { Kysely } from 'kysely';
import type { LedgerTables } from '../store/database.ts';
import { readHead, readHeadAt, readLeaf } from '../store/head.ts';
import { type LogFollower, readRawLog } from '../store/log/follow.ts';
import { personOf } from './caller.ts';
import { ASKED_ABOUT_AGAIN, KEPT_FOR_A_DAY, keptAnswer } from './kept-answer.ts';

const STREAM_BATCH = 200;
const STREAMS_MAX = 500;
const HEARTBEAT_MS = 5_000;
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

/** GET /feed, /feed/stream and /log/head. */
export const serveFeed = (service: Service, { db, follower, closing }: FeedDeps): void => {
  let streams = 0;

  service.serveRaw(readFeed, (asked) => answerPage(db, asked));
  service.serveRaw(readHeadEndpoint, async (asked) => {
    const { recordedAt } = asked.query;
    const head = await (recordedAt === undefined ? readHead(db) : readHeadAt(db, recordedAt));
    return keptAnswer(readHeadEndpoint, asked, head, ASKED_ABOUT_AGAIN);
  });

  service.serveRaw(streamFeed, async ({ principal, query, context }) => {
    if (streams >= STREAMS_MAX) throw new Refusal('service-busy');
    const resumed = context.req.header('last-event-id') ?? '';
    let cursor = SEQUENCE.test(resumed) ? Number(resumed) : (query.after ?? 0);
    const ending = new AbortController();
    const signal = AbortSignal.any([
      ...[ending.signal, closing],
      ...(principal ? [AbortSignal.timeout(STREAM_LIFETIME_MS)] : []),
    ]);
    streams += 1;
    return streamSSE(context, async (stream) => {
      stream.onAbort(() => ending.abort());
      let beatenMs = performance.now();
      try {
        while (!signal.aborted) {
          const items = await readItems(db, cursor, STREAM_BATCH, principal);
          for (const item of items) {
            await stream.writeSSE({ id: String(item.seq), data: JSON.stringify(item) });
            cursor = item.seq;
          }
          if (items.length > 0) beatenMs = performance.now();
          else await follower.waitForMore(signal);
          if (performance.now() - beatenMs > HEARTBEAT_MS) {
            await stream.write(': alive\n\n');
            beatenMs = performance.now();
          }
        }
      } finally {
        streams -= 1;
      }
    });
  });
};
