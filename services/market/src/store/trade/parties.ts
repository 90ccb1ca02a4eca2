import type { Region } from '@jishi/contracts/codes';
import type { Id } from '@jishi/contracts/ids';
import type { PartyNature, PartyRef } from '@jishi/contracts/party';
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
