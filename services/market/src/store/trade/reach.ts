import type { Id } from '@jishi/contracts/ids';
import type { Funnel, FunnelStage } from '@jishi/contracts/market/reach';
import type { Person } from '@jishi/contracts/principal';
import { businessDay, daysBetween, type Instant, type LocalDate } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { TradeDb, TradeTrx } from './tables.ts';

export const addView = async (db: TradeDb, id: Id, day: LocalDate): Promise<void> => {
  await sql`insert into announcement_view_day as v (announcement_id, day, views)
    values (${id}, ${day}, 1)
    on conflict (announcement_id, day) do update set views = v.views + 1`.execute(db);
};

export const viewsByDay = async (
  db: TradeDb,
  id: Id,
  from: LocalDate,
): Promise<{ day: LocalDate; views: number }[]> => {
  const { rows } = await sql<{ day: LocalDate; views: number }>`select day, views
    from announcement_view_day where announcement_id = ${id} and day >= ${from}
    order by day`.execute(db);
  return rows;
};

/** How many records' contacts an organisation was shown on a day; held until the commit. */
export const lockReveals = async (trx: TradeTrx, partyId: Id, day: LocalDate): Promise<Id[]> => {
  await sql`select pg_advisory_xact_lock(hashtext('contact-reveal'), hashtext(${partyId}))`.execute(
    trx,
  );
  const { rows } = await sql<{ id: Id }>`select distinct announcement_id as id
    from contact_reveal where party_id = ${partyId} and day = ${day}`.execute(trx);
  return rows.map((row) => row.id);
};

export const recordReveal = async (
  trx: TradeTrx,
  of: { readonly id: Id; readonly ownerPartyId: Id },
  by: { readonly partyId: Id; readonly userId: Id },
  day: LocalDate,
  now: Instant,
): Promise<void> => {
  await sql`insert into contact_reveal
      (announcement_id, owner_party_id, party_id, user_id, day, revealed_at)
    values (${of.id}, ${of.ownerPartyId}, ${by.partyId}, ${by.userId}, ${day}, ${now})
    on conflict do nothing`.execute(trx);
};

type Stage = FunnelStage['stage'];

interface StageRow {
  readonly id: Id;
  readonly stage: Stage;
  readonly n: number;
  readonly first: LocalDate | Instant | null;
  readonly contracts: Id[] | null;
}

/**
 * Each stage of the owner's records, in one statement: the owner takes part in every negotiation
 * on them, so row-level security leaves them all.
 */
const stageRows = async (db: TradeDb, ids: readonly Id[]): Promise<StageRow[]> => {
  const { rows } = await sql<StageRow>`
    with wanted as (select unnest(${[...ids]}::uuid[]) as id),
    room as (
      select w.id, n.id as room, (n.buyer->>'partyId')::uuid as buyer,
        (n.seller->>'partyId')::uuid as seller
      from wanted w join negotiation n on w.id in (n.listing_id, n.need_id)
    ), entry as (
      select r.*, e.entry->>'kind' as kind, e.entry->>'at' as at, e.version
      from room r join negotiation_entry e on e.negotiation_id = r.room
    ), contact as (
      select c.announcement_id as id, c.party_id, min(c.revealed_at)::text as at
      from contact_reveal c join wanted w on w.id = c.announcement_id
      where c.party_id <> c.owner_party_id group by 1, 2
    )
    select v.announcement_id as id, 'views' as stage, sum(v.views)::integer as n,
        min(v.day)::text as first, null::uuid[] as contracts
      from announcement_view_day v join wanted w on w.id = v.announcement_id group by 1
    union all select id, 'contacts', count(*)::integer, min(at), null from contact group by id
    union all select id, 'negotiations', count(*)::integer, min(at), null
      from entry where version = 1 group by id
    union all select id, 'offers', count(*)::integer, min(at), null
      from entry where kind = 'offered' group by id
    union all select r.id, 'contracts', count(*)::integer, min(c.signed_on)::text,
        array_agg(c.id order by c.signed_on, c.id)
      from room r join contract c on c.negotiation_id = r.room and c.status = 'signed'
      group by r.id`.execute(db);
  return rows;
};

const STAGES: readonly Stage[] = ['views', 'contacts', 'negotiations', 'offers', 'contracts'];

/** A day as it is stored, or the business day of an instant as PostgreSQL or JSON writes it. */
const dayOf = (first: LocalDate | Instant): LocalDate =>
  first.length === 10 ? first : businessDay(new Date(first).toISOString());

const stageOf = (
  stage: Stage,
  row: StageRow | undefined,
  openedOn: LocalDate | null,
): FunnelStage => {
  const firstOn = row?.first ? dayOf(row.first) : null;
  const days = firstOn && openedOn ? Math.max(0, daysBetween(openedOn, firstOn)) : null;
  return { stage, count: row?.n ?? 0, firstOn, days };
};

export interface Opened {
  readonly id: Id;
  readonly openedOn: LocalDate | null;
}

/** From views to contracts, for each of the owner's records. */
export const funnelsOf = async (
  db: TradeDb,
  records: readonly Opened[],
): Promise<ReadonlyMap<Id, Funnel>> => {
  if (records.length === 0) return new Map();
  const rows = await stageRows(
    db,
    records.map((record) => record.id),
  );
  return new Map(
    records.map(({ id, openedOn }) => {
      const own = rows.filter((row) => row.id === id);
      const stages = STAGES.map((stage) =>
        stageOf(
          stage,
          own.find((row) => row.stage === stage),
          openedOn,
        ),
      );
      const contractIds = own.find((row) => row.stage === 'contracts')?.contracts ?? [];
      return [id, { openedOn, stages, contractIds }];
    }),
  );
};

/** New matches told of each record, not yet read by this person. */
export const unreadMatches = async (
  db: TradeDb,
  person: Person,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, number>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: Id; n: number }>`select n.subject_id as id,
      count(*)::integer as n
    from notification n where n.kind = 'match-found' and n.party_id = ${person.partyId}
      and n.subject_id = any(${[...ids]}::uuid[])
      and not exists (select 1 from notification_read r
        where r.notification_id = n.id and r.user_id = ${person.userId})
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.id, row.n]));
};
