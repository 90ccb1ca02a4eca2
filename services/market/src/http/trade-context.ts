import type { Client } from '@jishi/contracts/client';
import type { Id } from '@jishi/contracts/ids';
import type { Side } from '@jishi/contracts/market/negotiation';
import type { PartyRef } from '@jishi/contracts/party';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Role } from '@jishi/contracts/roles';
import type { Clock } from '@jishi/contracts/time';
import type { OpenPeriod } from '../domain/listing/life-cycle.ts';
import { fingerprintOf, isNewCommand } from '../store/trade/commands.ts';
import { findParty } from '../store/trade/parties.ts';
import type { TradeDb, TradeTrx } from '../store/trade/tables.ts';

/** What the endpoints of trade work with. */
export interface TradeContext {
  readonly db: TradeDb;
  readonly clock: Clock;
  readonly openPeriod: OpenPeriod;
  /** Calls the ledger as this service, for the person who acts; absent without a ledger. */
  readonly ledgerFor?: ((actor: Person) => Client) | undefined;
}

/** A person of an organisation that is a party; an office does not trade. */
export interface Trader {
  readonly person: Person;
  readonly partyId: Id;
}

export const personOf = (principal: Principal | undefined): Person => {
  if (principal?.kind !== 'person') throw new Refusal('role-missing');
  const { kind, ...person } = principal;
  return person;
};

export const traderOf = (principal: Principal | undefined): Trader => {
  const person = personOf(principal);
  if (person.partyId === null) throw new Refusal('not-trading');
  return { person, partyId: person.partyId };
};

export const partyOf = async (trx: TradeTrx, { partyId }: Trader): Promise<PartyRef> => {
  const party = await findParty(trx, partyId);
  if (!party) throw new Refusal('not-trading');
  return party;
};

/** Who may act and sign for a side: the officer of listings sells, the buyer buys. */
const ROLE_OF_SIDE: Record<Side, Role> = { seller: 'listing-officer', buyer: 'buyer' };

export const requireSideRole = (person: Person, side: Side): void => {
  if (!person.roles.includes(ROLE_OF_SIDE[side])) throw new Refusal('role-missing');
};

/** One asking of one endpoint, with the id that makes it happen once. */
export interface Asking {
  readonly what: string;
  readonly recordId: Id;
  readonly commandId: Id;
  readonly body: object;
}

/** Whether this is asked for the first time; see store/trade/commands.ts. */
export const isNew = (
  trx: TradeTrx,
  person: Person,
  { what, recordId, commandId, body }: Asking,
  now: string,
): Promise<boolean> =>
  isNewCommand(
    trx,
    {
      organisationId: person.organisationId,
      commandId,
      recordId,
      fingerprint: fingerprintOf([what, recordId, body]),
    },
    now,
  );

export const requireVersion = (seen: number, present: number): void => {
  if (seen !== present) {
    throw new Refusal('version-conflict', {
      zh: `现版本 ${present}`,
      en: `The version is ${present} now`,
    });
  }
};

/** The last id of a full page, to ask for what follows it. */
export const nextOf = (ids: readonly Id[], limit: number): Id | null =>
  ids.length < limit ? null : (ids.at(-1) ?? null);
