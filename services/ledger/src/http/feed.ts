import {
  readFeed,
  readHead as readHeadEndpoint,
  streamFeed,
} from '@jishi/contracts/ledger/endpoints';
import type { FeedItem } from '@jishi/contracts/ledger/envelope';
import { type Principal, TOKEN_LIFETIME_SECONDS } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import { streamSSE } from 'hono/streaming';
import type { Kysely } from 'kysely';
import type { LedgerTables } from '../store/database.ts';
import { readHead } from '../store/head.ts';
import { type LogFollower, readRawLog } from '../store/log/follow.ts';
import { personOf } from './caller.ts';

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
  return rows.map(({ seq, envelope, privateText }) => ({ seq, envelope, private: privateText }));
};

const SEQUENCE = /^\d{1,15}$/;

/** GET /feed, /feed/stream and /log/head. */
export const serveFeed = (service: Service, { db, follower, closing }: FeedDeps): void => {
  let streams = 0;

  service.serve(readFeed, async ({ principal, query }) => {
    // The head first: items may then go beyond it, but never end before it unnoticed.
    const head = await readHead(db);
    return { items: await readItems(db, query.after, query.limit, principal), head };
  });

  service.serve(readHeadEndpoint, () => readHead(db));

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
