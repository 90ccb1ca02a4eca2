import { businessDay, type LocalDate } from '@jishi/contracts/time';
import { type Cast, type DemoAccount, gatherCast } from './cast.ts';
import { bringDeal, reaches } from './deal-steps.ts';
import { DEALS, type StoryDeal } from './deals.ts';
import { receive } from './desk-steps.ts';
import { payAward, revokeRegistration } from './money-steps.ts';
import { OPEN_DEALS } from './open-deals.ts';
import { CONTACT, leaveAmendment, leaveCases, leaveReceipts, leaveReviews } from './open-work.ts';
import { PREPARED_MONTHS, publishMonths } from './publish-steps.ts';
import { LISTINGS, NEEDS } from './records.ts';
import { FURTHER_LISTINGS } from './results-offered.ts';
import { FURTHER_NEEDS } from './results-wanted.ts';
import { bringListing, bringNeed } from './trade-steps.ts';

const playDeal = async (cast: Cast, deal: StoryDeal, today: LocalDate): Promise<void> => {
  const desk = {
    registrar: cast.office('registrar').on('ledger'),
    seniorRegistrar: cast.office('senior-registrar').on('ledger'),
  };
  await bringDeal(cast, desk, deal, today);
  if (!reaches(deal, 'received') || deal.receivedFen === null) return;
  const people = {
    seller: cast.player(deal.seller).session.on('ledger'),
    buyer: cast.player(deal.buyer).session.on('ledger'),
    registrar: desk.registrar,
  };
  const slip = `story:${cast.id(`${deal.key}:slip`)}`;
  await receive(cast, people, deal.key, { amountFen: deal.receivedFen, receivedOn: today, slip });
  if (reaches(deal, 'paid')) await playMoney(cast, deal, today);
};

/** The buyer's award is paid; when the registration is revoked then, a claim opens by itself. */
const playMoney = async (cast: Cast, deal: StoryDeal, today: LocalDate): Promise<void> => {
  const subsidy = (role: string, nth: number) => cast.office(role, nth).on('subsidy');
  const people = {
    decider: subsidy('subsidy-officer', 0),
    approver: subsidy('subsidy-officer', 1),
    payer: subsidy('finance-officer', 0),
    secondPayer: subsidy('finance-officer', 1),
    payee: cast.player(deal.buyer).session.on('subsidy'),
  };
  await payAward(cast, people, deal.key, today);
  if (!reaches(deal, 'revoked')) return;
  const desk = {
    registrar: cast.office('registrar', 1).on('ledger'),
    seniorRegistrar: cast.office('senior-registrar', 1).on('ledger'),
  };
  await revokeRegistration(cast, desk, deal.key);
};

type Tell = (text: string) => void;

/** Results and needs, reviewed and published. */
const playRecords = async (cast: Cast, tell: Tell): Promise<void> => {
  const reviewer = cast.office('exchange-operator').on('market');
  for (const { key, owner, content } of [...LISTINGS, ...FURTHER_LISTINGS]) {
    const draft = { name: `listing:${key}`, content, contact: CONTACT };
    await bringListing(cast, cast.player(owner).session.on('market'), reviewer, draft);
    tell(content.title);
  }
  for (const { key, owner, content } of [...NEEDS, ...FURTHER_NEEDS]) {
    const draft = { name: `need:${key}`, content, contact: CONTACT };
    await bringNeed(cast, cast.player(owner).session.on('market'), reviewer, draft);
    tell(content.title);
  }
};

/** What waits for somebody when the newcomer first looks. */
const leaveWork = async (cast: Cast, today: LocalDate, tell: Tell): Promise<void> => {
  await leaveReviews(cast);
  tell('待审成果与需求 records to review');
  await leaveReceipts(cast, today);
  await leaveAmendment(cast);
  tell('待核验到账与待核准变更 receipts and a change');
  await leaveCases(cast);
  tell('待办补助案件 subsidy cases');
};

const RECORDS = LISTINGS.length + FURTHER_LISTINGS.length + NEEDS.length + FURTHER_NEEDS.length;
/** What follows the records and the deals, as steps of the progress: work, then months. */
const FURTHER_STEPS = 3 + PREPARED_MONTHS;

/**
 * The story of a dozen parties through the public API: results and needs, a deal at every stage,
 * work at every desk, the months of the index. May be played again: what is already so stays.
 */
export const playStory = async (
  baseUrl: string,
  demo: readonly DemoAccount[],
  tell: (percent: number, text: string) => void,
): Promise<void> => {
  const today = businessDay(new Date().toISOString());
  const cast = await gatherCast(baseUrl, demo);
  const deals = [...DEALS, ...OPEN_DEALS];
  const steps = RECORDS + deals.length + FURTHER_STEPS;
  let done = 0;
  const step = (text: string): void => {
    done += 1;
    tell(Math.min(100, Math.round((100 * done) / steps)), text);
  };
  await playRecords(cast, step);
  for (const deal of deals) {
    await playDeal(cast, deal, today);
    step(deal.title);
  }
  await leaveWork(cast, today, step);
  const operator = (nth: number) => cast.office('exchange-operator', nth).on('ledger');
  await publishMonths(cast, operator(0), operator(1), (period) => step(`指数 index ${period}`));
};
