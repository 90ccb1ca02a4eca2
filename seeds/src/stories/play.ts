import type { Terms } from '@jishi/contracts/market/negotiation';
import { addMonths, businessDay, type LocalDate, monthOf } from '@jishi/contracts/time';
import { type Cast, type DemoAccount, gatherCast } from './cast.ts';
import { DEALS, STAGES, type Stage, type StoryDeal } from './deals.ts';
import { receive, register } from './desk-steps.ts';
import { payAward, revokeRegistration } from './money-steps.ts';
import { LISTINGS, NEEDS } from './records.ts';
import { bringListing, bringNeed, negotiate, signByBoth } from './trade-steps.ts';

const CONTACT = { name: '成果转化办公室', phone: '0512-00000000', email: null };

const reaches = (deal: StoryDeal, stage: Stage): boolean =>
  STAGES.indexOf(deal.stage) >= STAGES.indexOf(stage);

const termsOf = (cast: Cast, deal: StoryDeal, today: LocalDate, percent: bigint): Terms => ({
  contractType: deal.contractType,
  contractSubType: deal.contractSubType,
  contractValueFen: ((BigInt(deal.contractValueFen) * percent) / 100n).toString(),
  technologyValueFen: ((BigInt(deal.technologyValueFen) * percent) / 100n).toString(),
  payment: { method: 'lump-sum-in-instalments', text: '签约后付五成,验收后付清。' },
  licence:
    deal.contractType === 'licence'
      ? { exclusivity: 'ordinary', territory: '中国境内', until: null }
      : null,
  deliverables: '技术资料、样品与现场指导。',
  performance: { from: today, to: `${addMonths(monthOf(today), 12)}-28` },
  brokerPartyId: deal.broker === null ? null : cast.player(deal.broker).partyId,
});

const playDeal = async (cast: Cast, deal: StoryDeal, today: LocalDate): Promise<void> => {
  const market = (key: string) => cast.player(key).session.on('market');
  const sides = {
    seller: market(deal.seller),
    buyer: market(deal.buyer),
    broker: deal.broker === null ? null : market(deal.broker),
  };
  const terms = {
    name: deal.key,
    listingId: cast.id(`listing:${deal.listing}`),
    needId: deal.need === null ? null : cast.id(`need:${deal.need}`),
    firstTerms: termsOf(cast, deal, today, 90n),
    agreedTerms: termsOf(cast, deal, today, 100n),
  };
  await negotiate(cast, sides, terms, reaches(deal, 'agreed') ? 'agreed' : 'offered');
  if (!reaches(deal, 'signed')) return;
  const { fieldCode, industryCode } =
    LISTINGS.find((l) => l.key === deal.listing)?.content ?? LISTINGS[0]?.content ?? {};
  if (!fieldCode || !industryCode) throw new Error(`no listing ${deal.listing}`);
  const head = { title: deal.title, fieldCode, industryCode, effectiveOn: null };
  const { publishValue } = deal;
  const declaration = { relatedParty: false, subcontract: false, publishValue };
  await signByBoth(cast, sides, { name: deal.key }, head, declaration);
  if (!reaches(deal, 'accepted')) return;
  const desk = {
    registrar: cast.office('registrar').on('ledger'),
    seniorRegistrar: cast.office('senior-registrar').on('ledger'),
  };
  await register(cast, desk, deal.key, reaches(deal, 'registered') ? 'registered' : 'accepted');
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

/**
 * The story of a dozen parties through the public API: six results, six needs, a deal at every
 * stage. May be played again: what is already so stays as it is.
 */
export const playStory = async (
  baseUrl: string,
  demo: readonly DemoAccount[],
  tell: (percent: number, text: string) => void,
): Promise<void> => {
  const today = businessDay(new Date().toISOString());
  const cast = await gatherCast(baseUrl, demo);
  const reviewer = cast.office('exchange-operator').on('market');
  const steps = LISTINGS.length + NEEDS.length + DEALS.length;
  let done = 0;
  const step = (text: string): void => {
    done += 1;
    tell(Math.round((100 * done) / steps), text);
  };
  for (const { key, owner, content } of LISTINGS) {
    const draft = { name: `listing:${key}`, content, contact: CONTACT };
    await bringListing(cast, cast.player(owner).session.on('market'), reviewer, draft);
    step(content.title);
  }
  for (const { key, owner, content } of NEEDS) {
    const draft = { name: `need:${key}`, content, contact: CONTACT };
    await bringNeed(cast, cast.player(owner).session.on('market'), reviewer, draft);
    step(content.title);
  }
  for (const deal of DEALS) {
    await playDeal(cast, deal, today);
    step(deal.title);
  }
};
