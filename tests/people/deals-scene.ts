import { newId } from '@jishi/contracts/ids';
import {
  acceptRegistration,
  approveRegistration,
  readRegistration,
  returnRegistration,
  verifyReceipt,
} from '@jishi/contracts/ledger/endpoints';
import { readRegistrationReasons } from '@jishi/contracts/ledger/registry-endpoints';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { openNegotiation } from '@jishi/contracts/market/trade';
import { awaitRegistration, eventually } from '@jishi/seeds/stories/desk-steps';
import { bringListing, bringNeed } from '@jishi/seeds/stories/trade-steps';
import type { PeopleMarket } from './market.ts';

const LISTING: ListingContent = {
  title: '高镍正极材料低温烧结工艺',
  problemSolved: '高镍正极烧结温度高、能耗大,批次一致性差。',
  summary: '分段控氧烧结,烧结温度降低 60 ℃,单吨能耗下降两成,批次容量偏差不大于 1%。'.repeat(2),
  gain: { text: '单吨能耗下降 20', unit: '%' },
  closestAlternative: '常规空气气氛烧结',
  trl: 6,
  trlEvidence: '中试线连续运行 30 天',
  intellectualProperty: [{ kind: 'technical-secret', number: null }],
  fieldCode: 'materials',
  industryCode: 'C',
  district: 'huqiu',
  dealTypes: ['licence'],
  price: { mode: 'negotiable' },
  venue: null,
};

const NEED: NeedContent = {
  title: '降低正极材料烧结能耗',
  text: '现有烧结线单吨能耗高,希望引入低温烧结工艺,容量偏差不大于 2%,半年内上线。',
  fieldCode: 'materials',
  industryCode: 'C',
  district: 'sip',
  trlWanted: 5,
  budgetFen: '150000000',
  dealTypes: ['licence'],
  deadline: null,
};

const CONTACT = { name: '联系人', phone: '0512-00000000', email: null };

const steps = () => {
  const ids = new Map<string, string>();
  return {
    id: (name: string): string => {
      const known = ids.get(name) ?? newId();
      ids.set(name, known);
      return known;
    },
  };
};

/** A published result, a published need, and a room that the buyer has opened on both. */
export const openedRoom = async (market: PeopleMarket): Promise<string> => {
  const story = steps();
  const operator = market.as('exchange-operator').on('market');
  const listing = { name: 'listing', content: LISTING, contact: CONTACT };
  const need = { name: 'need', content: NEED, contact: CONTACT };
  await bringListing(story, market.as('listing-officer').on('market'), operator, listing);
  await bringNeed(story, market.as('buyer').on('market'), operator, need);
  const negotiationId = story.id('room');
  await market.as('buyer').on('market')(openNegotiation, {
    body: {
      ...{ negotiationId, as: 'buyer', note: '请报价。' },
      ...{ listingId: story.id('listing'), needId: story.id('need') },
    },
  });
  return negotiationId;
};

/** The registrar's desk by program: what the other side of a registration does. */
export const deskOf = (market: PeopleMarket) => {
  const registrar = market.as('registrar').on('ledger');
  const read = (contractId: string) => registrar(readRegistration, { params: { contractId } });
  const act = async (contractId: string) => ({
    params: { contractId },
    body: { commandId: newId(), version: (await read(contractId)).version },
  });
  /** Accepts what waits; the view may follow the log by a moment. */
  const accept = async (contractId: string, submissions: number): Promise<void> => {
    await eventually('the submission', async () => {
      const view = await read(contractId);
      return view.status === 'submitted' && view.submissions === submissions ? view : undefined;
    });
    const { seq } = await registrar(acceptRegistration, await act(contractId));
    await registrar(readRegistration, { params: { contractId }, query: { atLeast: seq } });
  };
  return {
    /** Returns it for supplements; answers the sentence that the parties should read. */
    returnIt: async (contractId: string, note: string): Promise<string> => {
      await awaitRegistration(registrar, contractId);
      const { items } = await registrar(readRegistrationReasons, {});
      const reason = items.find((item) => item.acts.includes('return'));
      if (!reason) throw new Error('there is no reason to return for');
      const { params, body } = await act(contractId);
      const reasons = [{ code: reason.code, note }];
      await registrar(returnRegistration, { params, body: { ...body, reasons } });
      return reason.zh;
    },
    register: async (contractId: string): Promise<string> => {
      await accept(contractId, 2);
      const { seq } = await registrar(approveRegistration, await act(contractId));
      const query = { atLeast: seq };
      const view = await registrar(readRegistration, { params: { contractId }, query });
      if (!view.registrationNumber) throw new Error(`not registered but ${view.status}`);
      return view.registrationNumber;
    },
    verifyReceipts: async (contractId: string): Promise<void> => {
      for (const { receiptId } of (await read(contractId)).receipts) {
        const params = { contractId, receiptId };
        await registrar(verifyReceipt, { params, body: { commandId: newId() } });
      }
    },
  };
};

/** A file as somebody would choose it. */
export const pdfNamed = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7\n${name}`),
});
