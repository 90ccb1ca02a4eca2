import type { Terms } from '@jishi/contracts/market/negotiation';
import { addMonths, type LocalDate, monthOf } from '@jishi/contracts/time';
import type { Cast } from './cast.ts';
import { STAGES, type Stage, type StoryDeal } from './deals.ts';
import { type Desk, register, returnForSupplement } from './desk-steps.ts';
import { bringPapers } from './paper-steps.ts';
import { LISTINGS } from './records.ts';
import { FURTHER_LISTINGS } from './results-offered.ts';
import { drawAndSign, negotiate, type Sides } from './trade-steps.ts';

export const reaches = (deal: StoryDeal, stage: Stage): boolean =>
  STAGES.indexOf(deal.stage) >= STAGES.indexOf(stage);

const termsOf = (cast: Cast, deal: StoryDeal, today: LocalDate, percent: number): Terms => ({
  contractType: deal.contractType,
  contractSubType: deal.contractSubType,
  contractValueFen: ((BigInt(deal.contractValueFen) * BigInt(percent)) / 100n).toString(),
  technologyValueFen: ((BigInt(deal.technologyValueFen) * BigInt(percent)) / 100n).toString(),
  payment: { method: 'lump-sum-in-instalments', text: '签约后付五成,验收后付清。' },
  licence:
    deal.contractType === 'licence'
      ? { exclusivity: 'ordinary', territory: '中国境内', until: null }
      : null,
  deliverables: '技术资料、样品与现场指导。',
  performance: { from: today, to: `${addMonths(monthOf(today), 12)}-28` },
  brokerPartyId: deal.broker === null ? null : cast.player(deal.broker).partyId,
});

const sidesOf = (cast: Cast, deal: StoryDeal): Sides => {
  const market = (key: string) => cast.player(key).session.on('market');
  return {
    seller: market(deal.seller),
    buyer: market(deal.buyer),
    broker: deal.broker === null || deal.brokerIsAsked ? null : market(deal.broker),
  };
};

/** Draws and signs, as far as the deal has come; with its papers where it has them. */
const sign = async (cast: Cast, deal: StoryDeal, sides: Sides): Promise<void> => {
  const { content } = [...LISTINGS, ...FURTHER_LISTINGS].find((l) => l.key === deal.listing) ?? {};
  if (!content) throw new Error(`no listing ${deal.listing}`);
  const { fieldCode, industryCode } = content;
  await drawAndSign(
    cast,
    sides,
    { name: deal.key },
    {
      head: { title: deal.title, fieldCode, industryCode, effectiveOn: null },
      declaration: { relatedParty: false, subcontract: false, publishValue: deal.publishValue },
      signers: reaches(deal, 'signed') ? ['seller', 'buyer'] : [deal.signedBy ?? 'seller'],
      ...(deal.papers ? { beforeSigning: () => bringPapers(cast, sides.seller, deal) } : {}),
    },
  );
};

/** From the first offer to the register: as far as the deal has come by its stage. */
export const bringDeal = async (
  cast: Cast,
  desk: Desk,
  deal: StoryDeal,
  today: LocalDate,
): Promise<void> => {
  const sides = sidesOf(cast, deal);
  const agreedTerms = termsOf(cast, deal, today, 100);
  const terms = {
    name: deal.key,
    listingId: cast.id(`listing:${deal.listing}`),
    needId: deal.need === null ? null : cast.id(`need:${deal.need}`),
    firstTerms: termsOf(cast, deal, today, deal.firstPercent ?? 90),
    agreedTerms: deal.counter ? { ...agreedTerms, ...deal.counter(today) } : agreedTerms,
  };
  await negotiate(cast, sides, terms, reaches(deal, 'agreed') ? 'agreed' : 'offered');
  if (!reaches(deal, 'drawn')) return;
  await sign(cast, deal, sides);
  if (deal.returnedFor) {
    await returnForSupplement(cast, desk.registrar, deal.key, deal.returnedFor);
  }
  if (!reaches(deal, 'accepted')) return;
  const until = reaches(deal, 'registered')
    ? 'registered'
    : reaches(deal, 'reviewed')
      ? 'reviewed'
      : 'accepted';
  await register(cast, desk, deal.key, until);
};
