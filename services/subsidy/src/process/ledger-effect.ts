import type { Id } from '@jishi/contracts/ids';
import { Envelope, type FeedItem } from '@jishi/contracts/ledger/envelope';
import { EVENT_DATA, EVENT_PRIVATE, PrivatePart } from '@jishi/contracts/ledger/events';
import { FeedBroken } from '@jishi/runtime/feed-consumer';
import type { z } from 'zod';
import type { ReceiptRow, RegisteredContract } from '../store/ledger-view.ts';

/** What a page of the feed means to this service; every other event leaves nothing behind. */
export interface PageEffect {
  readonly contracts: readonly RegisteredContract[];
  readonly receipts: readonly ReceiptRow[];
  /** Desk officers who handled a contract: kept out of its subsidy. */
  readonly officers: readonly { readonly contractId: Id; readonly userId: Id }[];
}

const DESK_ACTS = [
  'ContractAccepted',
  'FirstReviewPassed',
  'ContractRegistered',
  'ReceiptVerified',
] as const;

/** Parses what crosses this service's door; a fact of another shape stops the consumer by name. */
const parse = <S extends z.ZodType>(schema: S, value: unknown, seq: number): z.output<S> => {
  const result = schema.safeParse(value);
  if (!result.success) {
    const paths = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new FeedBroken(`sequence ${seq} is not of the agreed shape: ${paths}`);
  }
  return result.data;
};

const privateOf = (item: FeedItem): PrivatePart => {
  if (item.private === null) throw new FeedBroken(`sequence ${item.seq} came without private part`);
  return parse(PrivatePart, JSON.parse(item.private), item.seq);
};

const factsOf = <S extends z.ZodType>(schema: S, item: FeedItem): z.output<S> =>
  parse(schema, privateOf(item).facts, item.seq);

const contractOf = (item: FeedItem, envelope: Envelope): RegisteredContract => {
  const data = parse(EVENT_DATA.ContractRegistered, envelope.data, item.seq);
  const hidden = factsOf(EVENT_PRIVATE.ContractRegistered, item);
  return {
    contractId: data.contractId,
    registrationNumber: data.registrationNumber,
    registeredOn: data.registeredOn,
    registeredSeq: item.seq,
    contractType: data.contractType,
    relatedParty: data.relatedParty,
    subcontract: data.subcontract,
    title: hidden.title,
    seller: hidden.seller,
    buyer: hidden.buyer,
    broker: hidden.broker,
    contractValueFen: BigInt(hidden.contractValueFen),
    technologyValueFen: BigInt(hidden.technologyValueFen),
  };
};

const receiptOf = (item: FeedItem, envelope: Envelope): ReceiptRow => {
  const data = parse(EVENT_DATA.ReceiptVerified, envelope.data, item.seq);
  const hidden = factsOf(EVENT_PRIVATE.ReceiptVerified, item);
  return {
    receiptId: data.receiptId,
    contractId: data.contractId,
    amountFen: BigInt(hidden.amountFen),
    receivedOn: hidden.receivedOn,
    verifiedOn: data.verifiedOn,
    evidenceHash: hidden.evidenceHash,
    seq: item.seq,
  };
};

/** Reads the facts out of a page; pure. Throws FeedBroken on a shape that was not agreed. */
export const effectOf = (items: readonly FeedItem[]): PageEffect => {
  const contracts: RegisteredContract[] = [];
  const receipts: ReceiptRow[] = [];
  const officers: { contractId: Id; userId: Id }[] = [];
  for (const item of items) {
    const envelope = parse(Envelope, JSON.parse(item.envelope), item.seq);
    if (envelope.seq !== item.seq) throw new FeedBroken(`sequence ${item.seq} holds another's row`);
    if (envelope.type === 'ContractRegistered') contracts.push(contractOf(item, envelope));
    if (envelope.type === 'ReceiptVerified') receipts.push(receiptOf(item, envelope));
    const type = DESK_ACTS.find((act) => act === envelope.type);
    if (type && envelope.actor.kind === 'person') {
      const { contractId } = parse(EVENT_DATA[type], envelope.data, item.seq);
      const { actor } = privateOf(item);
      if (actor.kind === 'person') officers.push({ contractId, userId: actor.userId });
    }
  }
  return { contracts, receipts, officers };
};
