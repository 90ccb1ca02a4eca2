import { createHash } from 'node:crypto';
import { confirmReceipt, readRegistration, recordReceipt } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { ListingContent } from '@jishi/contracts/market/listing';
import type { Terms } from '@jishi/contracts/market/negotiation';
import { businessDay } from '@jishi/contracts/time';
import { awaitRegistration, register } from '@jishi/seeds/stories/desk-steps';
import { bringListing, type Deal, negotiate, signByBoth } from '@jishi/seeds/stories/trade-steps';
import { idIn } from '../journey/run-state.ts';
import type { PeopleMarket } from './market.ts';

/** Every name below becomes an id of this run. */
const RUN = '0192f7a0-1111-7000-8000-000000000011';
export const steps = { id: (name: string) => idIn(RUN, name) };
export const contractIdOf = (name: string): string => steps.id(`${name}:contract`);
export const today = (): string => businessDay(new Date().toISOString());

export interface Wanted {
  readonly name: string;
  readonly title: string;
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
}

const CONTACT = { name: '成果转化办公室', phone: '0512-00000000', email: null };

const listingOf = ({ title }: Wanted): ListingContent => ({
  title: `${title}的成果`,
  problemSolved: '现有工艺损耗大、废品多，后续加工时间长，需要稳定的替代方案。',
  summary: '以新的工艺路线降低损耗，已在合作企业的产线上连续试验，结果稳定，可直接用于量产。',
  gain: { text: '单件损耗由 220 微米降到 80 微米', unit: '微米' },
  closestAlternative: '传统加工',
  trl: 6,
  trlEvidence: '在合作企业产线上连续试验的记录',
  intellectualProperty: [{ kind: 'technical-secret', number: null }],
  fieldCode: 'materials',
  industryCode: 'C',
  district: 'sip',
  dealTypes: ['licence'],
  price: { mode: 'fixed', priceFen: '1300000000' },
  venue: null,
});

const termsOf = (wanted: Wanted): Terms => ({
  contractType: 'licence',
  contractSubType: 'secret-licence',
  contractValueFen: wanted.contractValueFen,
  technologyValueFen: wanted.technologyValueFen,
  payment: { method: 'lump-sum-in-instalments', text: '签约后三十日内付九成，验收后付清。' },
  licence: { exclusivity: 'ordinary', territory: '中国境内', until: null },
  deliverables: '工艺规程、设备参数与两周现场指导。',
  performance: { from: today(), to: `${Number(today().slice(0, 4)) + 1}-06-28` },
  brokerPartyId: null,
});

/** Through the market as people do it: listed, agreed, signed by both, arrived at the desk. */
export const bringToDesk = async (market: PeopleMarket, wanted: Wanted): Promise<string> => {
  const seller = market.as('listing-officer').on('market');
  const buyer = market.as('buyer').on('market');
  const reviewer = market.as('exchange-operator').on('market');
  const listing = `${wanted.name}:listing`;
  const draft = { name: listing, content: listingOf(wanted), contact: CONTACT };
  await bringListing(steps, seller, reviewer, draft);
  const terms = termsOf(wanted);
  const deal: Deal = {
    name: wanted.name,
    listingId: steps.id(listing),
    needId: null,
    firstTerms: terms,
    agreedTerms: terms,
  };
  const sides = { seller, buyer, broker: null };
  await negotiate(steps, sides, deal);
  const head = {
    title: wanted.title,
    fieldCode: 'materials' as const,
    industryCode: 'C' as const,
    effectiveOn: null,
  };
  const declaration = { relatedParty: false, subcontract: false, publishValue: false };
  await signByBoth(steps, sides, deal, head, declaration);
  const contractId = contractIdOf(wanted.name);
  await awaitRegistration(market.as('registrar').on('ledger'), contractId);
  return contractId;
};

/** The first registrar and the first senior registrar register it, by program. */
export const bringToRegister = async (
  market: PeopleMarket,
  wanted: Wanted,
): Promise<RegistrationView> => {
  await bringToDesk(market, wanted);
  const registrar = market.as('registrar').on('ledger');
  const seniorRegistrar = market.as('senior-registrar').on('ledger');
  return register(steps, { registrar, seniorRegistrar }, wanted.name);
};

/** Recorded by the seller and confirmed by the buyer: now the desk may verify it. */
export const bringReceipt = async (
  market: PeopleMarket,
  name: string,
  amountFen: string,
): Promise<string> => {
  const contractId = contractIdOf(name);
  const receiptId = steps.id(`${name}:receipt`);
  await market.as('listing-officer').on('ledger')(recordReceipt, {
    params: { contractId },
    body: {
      commandId: steps.id(`${name}:record`),
      receiptId,
      amountFen,
      receivedOn: today(),
      evidenceHash: createHash('sha256').update(`${RUN}:${name}`).digest('hex'),
      bankReference: `FLOW-${name}`,
    },
  });
  await market.as('buyer').on('ledger')(confirmReceipt, {
    params: { contractId, receiptId },
    body: { commandId: steps.id(`${name}:confirm`) },
  });
  return receiptId;
};

export const statusOf = async (market: PeopleMarket, name: string): Promise<RegistrationView> =>
  market.as('registrar').on('ledger')(readRegistration, {
    params: { contractId: contractIdOf(name) },
  });
