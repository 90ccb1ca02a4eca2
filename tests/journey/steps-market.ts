import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { Terms } from '@jishi/contracts/market/negotiation';
import { partyIdOf } from '@jishi/contracts/party';
import { signUp } from '@jishi/contracts/session';
import { addMonths } from '@jishi/contracts/time';
import {
  bringListing,
  bringNeed,
  type Deal,
  negotiate,
  type Sides,
  signByBoth,
} from '@jishi/seeds/stories/trade-steps';
import { verifyOrganisations } from '@jishi/seeds/stories/verify-organisations';
import type { Journey } from './context.ts';
import { yuan } from './tell.ts';

const CONTACT = { name: '联系人', phone: '0512-00000000', email: null };

const RESULT: ListingContent = {
  title: '大尺寸碳化硅衬底低损伤激光剥离工艺',
  problemSolved: '八英寸碳化硅晶锭用线锯切割时材料损耗大、翘曲高,后续研磨时间长。',
  summary:
    '用双脉冲激光在晶锭内部形成改质层,再以低温应力剥离得到衬底,单片材料损耗低于 80 微米,' +
    '翘曲不大于 25 微米,已在六英寸与八英寸晶锭上连续试验。',
  gain: { text: '单片材料损耗由 220 微米降到 80 微米', unit: '微米' },
  closestAlternative: '金刚石多线切割',
  trl: 6,
  trlEvidence: '在合作企业产线上连续剥离 120 片的测试记录',
  intellectualProperty: [{ kind: 'technical-secret', number: null }],
  fieldCode: 'materials',
  industryCode: 'C',
  district: 'gusu',
  dealTypes: ['licence', 'joint-development'],
  price: { mode: 'fixed', priceFen: '1300000000' },
  venue: null,
};

const NEED: NeedContent = {
  title: '碳化硅晶锭切片损耗大,寻求新的剥离技术',
  text:
    '我们加工八英寸碳化硅衬底,目前线锯切割损耗超过 200 微米,翘曲大。希望得到激光剥离类工艺,' +
    '损耗不高于 100 微米,并能在半年内上线。',
  fieldCode: 'materials',
  industryCode: 'C',
  district: 'kunshan',
  trlWanted: 5,
  budgetFen: '1400000000',
  dealTypes: ['licence'],
  deadline: null,
};

/** What sets this run's process apart from the same process of another run. */
const processName = ({ run }: Journey): string => `工艺代号 SC-${run.slice(-6).toUpperCase()}`;

/** 1: three organisations that never existed before sign up, and are checked. */
export const signUpAll = async ({ baseUrl, cast, people }: Journey): Promise<string> => {
  for (const trader of Object.values(cast)) {
    await signUp(baseUrl, trader.account, trader.name, trader.organisation, trader.roles);
  }
  const codes = Object.values(cast).map((trader) => trader.organisation.uscc);
  await verifyOrganisations(people.administrator, codes, '演练单位,按名录核对');
  return Object.values(cast)
    .map((t) => `${t.organisation.name} ${t.organisation.uscc}`)
    .join(' · ');
};

/** 2: the university lists a result; the exchange reviews and publishes it. */
export const listResult = async (journey: Journey): Promise<string> => {
  const { seller, operator } = journey.people;
  const content = { ...RESULT, title: `${RESULT.title}(${processName(journey)})` };
  const draft = { name: 'listing', content, contact: CONTACT };
  const score = await bringListing(journey, seller.on('market'), operator.on('market'), draft);
  return `${content.title} · 质量分 ${score}`;
};

/** 3: the company posts a need in its own words. */
export const postNeed = async (journey: Journey): Promise<string> => {
  const { buyer, operator } = journey.people;
  const text = `${NEED.text}已了解到${processName(journey)}。`;
  const draft = { name: 'need', content: { ...NEED, text }, contact: CONTACT };
  const score = await bringNeed(journey, buyer.on('market'), operator.on('market'), draft);
  return `${NEED.title} · 质量分 ${score}`;
};

/** A licence with a broker: over the second-review threshold in technology value. */
const termsOf = (journey: Journey, contractValueFen: string): Terms => ({
  contractType: 'licence',
  contractSubType: 'secret-licence',
  contractValueFen,
  technologyValueFen: journey.technologyValueFen,
  payment: { method: 'lump-sum-in-instalments', text: '签约后三十日内付九成,验收后付清。' },
  licence: { exclusivity: 'ordinary', territory: '中国境内', until: null },
  deliverables: '工艺规程、设备参数与两周现场指导。',
  performance: {
    from: journey.today,
    to: `${addMonths(journey.today.slice(0, 7), 12)}-28`,
  },
  brokerPartyId: partyIdOf({ kind: 'domestic', uscc: journey.cast.broker.organisation.uscc }),
});

/** The buyer's first word, 40 万元 below what is agreed. */
const FIRST_OFFER_BELOW_FEN = 40_000_000n;

const dealOf = (journey: Journey): Deal => ({
  name: 'deal',
  listingId: journey.id('listing'),
  needId: journey.id('need'),
  firstTerms: termsOf(
    journey,
    (BigInt(journey.contractValueFen) - FIRST_OFFER_BELOW_FEN).toString(),
  ),
  agreedTerms: termsOf(journey, journey.contractValueFen),
});

const sidesOf = ({ people }: Journey): Sides => ({
  seller: people.seller.on('market'),
  buyer: people.buyer.on('market'),
  broker: people.broker.on('market'),
});

/** 5: offer, counter-offer, acceptance; the broker confirms that it brought them together. */
export const agree = async (journey: Journey): Promise<string> => {
  await negotiate(journey, sidesOf(journey), dealOf(journey));
  const { contractValueFen, technologyValueFen } = journey;
  return `成交额 value ${yuan(contractValueFen)} · 技术交易额 technology ${yuan(technologyValueFen)}`;
};

/** 6: the contract is drawn, both sides declare and sign the same text. */
export const sign = async (journey: Journey): Promise<string> => {
  const head = {
    title: '八英寸碳化硅激光剥离工艺技术秘密使用许可合同',
    fieldCode: 'materials' as const,
    industryCode: 'C' as const,
    effectiveOn: null,
  };
  const declaration = { relatedParty: false, subcontract: false, publishValue: false };
  const hash = await signByBoth(journey, sidesOf(journey), { name: 'deal' }, head, declaration);
  return `合同文本 SHA-256 ${hash.slice(0, 16)}…`;
};
