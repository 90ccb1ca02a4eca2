import type { Region } from '@jishi/contracts/codes';
import type { Id } from '@jishi/contracts/ids';
import type { PartyNature, PartyRef } from '@jishi/contracts/party';
import { sql } from 'kysely';
import type { TradeDb } from './tables.ts';

/** The party behind an id, as a contract names it; undefined for an office or a stranger. */
export const findParty = async (db: TradeDb, partyId: Id): Promise<PartyRef | undefined> => {
  const row = await db
    .selectFrom('organisation')
    .select(['name', 'uscc', 'country', 'nature', 'district'])
    .where('party_id', '=', partyId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { name, uscc, country } = row;
  const named = {
    partyId,
    name,
    nature: row.nature as PartyNature,
    district: row.district as Region,
  };
  if (uscc !== null) return { ...named, key: { kind: 'domestic', uscc } };
  if (country !== null) {
    return { ...named, key: { kind: 'foreign', country, registeredName: name } };
  }
  return undefined;
};

export interface FoundBroker {
  readonly partyId: Id;
  readonly name: string;
  readonly district: string;
}

const BROKERS_MAX = 20;

/** Organisations with somebody who acts as a broker, by a part of their name; not those named. */
export const findBrokers = async (
  db: TradeDb,
  name: string,
  except: readonly Id[],
): Promise<FoundBroker[]> => {
  const pattern = `%${name.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<FoundBroker>`
    select o.party_id as "partyId", o.name, o.district from organisation o
    where o.party_id is not null and o.name ilike ${pattern}
      and not (o.party_id = any(${[...except]}::uuid[]))
      and exists (select 1 from membership m where m.organisation_id = o.id
        and m.status = 'active' and 'broker' = any(m.trading_roles))
    order by o.name limit ${BROKERS_MAX}`.execute(db);
  return rows;
};
