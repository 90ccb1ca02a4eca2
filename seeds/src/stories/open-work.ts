import type { LocalDate } from '@jishi/contracts/time';
import type { Cast } from './cast.ts';
import { proposeAmendment, receive } from './desk-steps.ts';
import { award, nameAccount, prepareBatch } from './money-steps.ts';
import {
  DRAFT_LISTING,
  RETURN_REASONS,
  RETURNED_LISTING,
  WAITING_LISTING,
  WAITING_NEED,
} from './review-records.ts';
import {
  beginListing,
  sendListingBack,
  submitForReview,
  submitNeedForReview,
} from './review-steps.ts';

export const CONTACT = { name: '成果转化办公室', phone: '0512-00000000', email: null };

/** A draft with gaps, one listing and one need that wait, one listing that came back. */
export const leaveReviews = async (cast: Cast): Promise<void> => {
  const owner = (key: string) => cast.player(key).session.on('market');
  const reviewer = cast.office('exchange-operator').on('market');
  await beginListing(cast, owner('demo-university'), 'listing:draft', DRAFT_LISTING, CONTACT);
  for (const { key, owner: by, content } of [WAITING_LISTING, RETURNED_LISTING]) {
    const draft = { name: `listing:${key}`, content, contact: CONTACT };
    await submitForReview(cast, owner(by), draft);
  }
  await sendListingBack(cast, reviewer, `listing:${RETURNED_LISTING.key}`, RETURN_REASONS);
  const { key, owner: by, content } = WAITING_NEED;
  const need = { name: `need:${key}`, content, contact: CONTACT };
  await submitNeedForReview(cast, owner(by), need);
};

/** Of one contract: money verified, money for the desk, and money for the buyer to confirm. */
export const leaveReceipts = async (cast: Cast, today: LocalDate): Promise<void> => {
  const sides = {
    seller: cast.player('demo-university').session.on('ledger'),
    buyer: cast.player('demo-company').session.on('ledger'),
    registrar: cast.office('registrar').on('ledger'),
  };
  const parts = [
    ['first', '60000000', 'verified'],
    ['second', '30000000', 'confirmed'],
    ['third', '20000000', 'recorded'],
  ] as const;
  for (const [part, amountFen, until] of parts) {
    const slip = `story:${cast.id(`sensor:${part}:slip`)}`;
    const payment = { amountFen, receivedOn: today, slip, part };
    await receive(cast, sides, 'sensor', payment, until);
  }
};

/** The second registrar, who took no part in it, proposes; a senior one is to answer. */
export const leaveAmendment = (cast: Cast): Promise<void> =>
  proposeAmendment(cast, cast.office('registrar', 1).on('ledger'), 'weld', {
    technologyValueFen: '400000000',
    note: '履行中确认配套光谱仪价款 20 万元不计入技术交易额,双方补充协议已附。',
  });

/**
 * One decision for the second officer; one award to pay; one for whose payee no account is named
 * yet; one batch for the second finance officer.
 */
export const leaveCases = async (cast: Cast): Promise<void> => {
  const officers = {
    decider: cast.office('subsidy-officer', 0).on('subsidy'),
    approver: cast.office('subsidy-officer', 1).on('subsidy'),
  };
  const payee = (key: string) => cast.player(key).session.on('subsidy');
  await award(cast, officers, { name: 'cooling', role: 'seller' }, 'decided');
  await award(cast, officers, { name: 'sensor', role: 'buyer' });
  const payable = await award(cast, officers, { name: 'cooling', role: 'buyer' });
  await nameAccount(cast, payee('taicang-parts'), 'cooling', payable.partyName);
  const paid = await award(cast, officers, { name: 'adhesive', role: 'buyer' });
  await nameAccount(cast, payee('kunshan-board'), 'adhesive', paid.partyName);
  await prepareBatch(cast, cast.office('finance-officer').on('subsidy'), 'adhesive', paid);
};
