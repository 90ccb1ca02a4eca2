import type { Id } from '@jishi/contracts/ids';
import type { Side } from '@jishi/contracts/market/negotiation';
import { Refusal } from '@jishi/contracts/problem';
import type { Contract } from '../domain/contract/contract.ts';
import { registrantOf } from '../domain/contract/submission.ts';
import { requireSideRole, type Trader } from './trade-context.ts';
import { sideOf } from './trade-views.ts';

/** The side on which a trader may act; the broker reads, and acts on nothing here. */
export const actingSide = (
  record: Parameters<typeof sideOf>[0],
  { person, partyId }: Trader,
): Side => {
  const side = sideOf(record, partyId);
  if (side === 'broker') throw new Refusal('role-missing');
  requireSideRole(person, side);
  return side;
};

/** The side that registers the contract; the other side reads what that one fills in. */
export const requireRegistrant = (contract: Contract, trader: Trader): Id => {
  if (actingSide(contract, trader) !== registrantOf(contract)) throw new Refusal('role-missing');
  return trader.person.userId;
};
