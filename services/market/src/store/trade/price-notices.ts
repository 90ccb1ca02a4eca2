import type { Id } from '@jishi/contracts/ids';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant, LocalDate } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { TradeDb, TradeTrx } from './tables.ts';

export interface StoredNotice {
  readonly id: Id;
  readonly proposedPriceFen: string;
  readonly objectionsTo: string;
  readonly startedOn: LocalDate;
  readonly lastOn: LocalDate;
  readonly withdrawnBecause: string | null;
}

/** Newest first. */
export const noticesOf = async (db: TradeDb, listingId: Id): Promise<StoredNotice[]> => {
  const { rows } = await sql<StoredNotice>`select id, proposed_price_fen::text as
      "proposedPriceFen", objections_to as "objectionsTo", started_on as "startedOn",
      last_on as "lastOn", withdrawn_because as "withdrawnBecause"
    from price_notice where listing_id = ${listingId} order by started_at desc, id desc`.execute(
    db,
  );
  return rows;
};

export const insertNotice = async (
  trx: TradeTrx,
  notice: StoredNotice & {
    readonly listingId: Id;
    readonly ownerPartyId: Id;
    readonly userId: Id;
  },
  now: Instant,
): Promise<void> => {
  const { id, listingId, ownerPartyId, proposedPriceFen, objectionsTo, userId } = notice;
  const { numAffectedRows } = await sql`insert into price_notice (id, listing_id, owner_party_id,
      proposed_price_fen, objections_to, started_on, last_on, user_id, started_at)
    values (${id}, ${listingId}, ${ownerPartyId}, ${proposedPriceFen}, ${objectionsTo},
      ${notice.startedOn}, ${notice.lastOn}, ${userId}, ${now})
    on conflict do nothing`.execute(trx);
  if (numAffectedRows !== 1n) throw new Refusal('id-reused');
};

/** Done again it stays withdrawn, with its first reason. */
export const withdrawNotice = async (
  trx: TradeTrx,
  listingId: Id,
  id: Id,
  because: string,
  now: Instant,
): Promise<void> => {
  const { numAffectedRows } = await sql`update price_notice set
      withdrawn_because = coalesce(withdrawn_because, ${because}),
      withdrawn_at = coalesce(withdrawn_at, ${now})
    where id = ${id} and listing_id = ${listingId}`.execute(trx);
  if (numAffectedRows !== 1n) throw new Refusal('not-found');
};
