import type { Id } from '@jishi/contracts/ids';
import type { Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { AnnouncementKind } from '../../domain/listing/ledger-event.ts';
import type { TradeTrx } from './tables.ts';

export interface QueuedPush {
  readonly id: Id;
  readonly kind: AnnouncementKind;
}

/** In the transaction that publishes: somebody's counterpart may have appeared. */
export const queueMatchPush = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
  now: Instant,
): Promise<void> => {
  await sql`insert into match_push (announcement_id, kind, created_at)
    values (${id}, ${kind}, ${now}) on conflict do nothing`.execute(trx);
};

/** The oldest one, taken away with the caller's transaction; a rival's is left to it. */
export const takeMatchPush = async (trx: TradeTrx): Promise<QueuedPush | undefined> => {
  const { rows } = await sql<{ announcement_id: Id; kind: AnnouncementKind }>`
    delete from match_push where announcement_id = (
      select announcement_id from match_push order by created_at limit 1
      for update skip locked)
    returning announcement_id, kind`.execute(trx);
  return rows[0] && { id: rows[0].announcement_id, kind: rows[0].kind };
};
