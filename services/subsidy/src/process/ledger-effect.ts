import type { Id } from '@jishi/contracts/ids';
import { Envelope, type FeedItem } from '@jishi/contracts/ledger/envelope';
import { EVENT_SCHEMA } from '@jishi/contracts/ledger/event-schema';
import {
  EVENT_DATA,
  EVENT_PRIVATE,
  PrivatePart,
  ReasonsPrivate,
} from '@jishi/contracts/ledger/events';
import { FeedBroken } from '@jishi/runtime/feed-consumer';
import type { z } from 'zod';
import type { ContractChange } from '../store/contract-changes.ts';
import type { Erasure } from '../store/erasure.ts';
import type { ReceiptRow, RegisteredContract } from '../store/ledger-view.ts';

/** What events of the feed mean to this service; every other event leaves nothing behind. */
export interface PageEffect {
  readonly contracts: readonly RegisteredContract[];
  readonly receipts: readonly ReceiptRow[];
  /** Desk officers who handled a contract: kept out of its subsidy. */
  readonly officers: readonly { readonly contractId: Id; readonly userId: Id }[];
}

/** One change or erasure, or the events between them: the order of the ledger is kept. */
export type Step =
  | { readonly kind: 'erasure'; readonly erasure: Erasure }
  | { readonly kind: 'facts'; readonly facts: PageEffect }
  | {
      readonly kind: 'change';
      readonly change: ContractChange;
      readonly officers: PageEffect['officers'];
    };

const DESK_ACTS = [
  'ContractAccepted',
  'FirstReviewPassed',
  'ContractRegistered',
  'ReceiptVerified',
  'ChangeProposed',
  'ContractAmended',
  'ContractDeregistered',
  'ContractRevoked',
  'ReceiptReversalProposed',
  'ReceiptReversed',
  'PrivatePartErased',
] as const;

/** Parses what crosses this service's door; a fact of another shape stops the consumer by name. */
const parse = <S extends z.ZodType>(schema: S, value: unknown, seq: number): z.output<S> => {
  const result = schema.safeParse(value);
  if (!result.success) {
    const paths = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new FeedBroken(
      'event-unreadable',
      `sequence ${seq} is not of the agreed shape: ${paths}`,
    );
  }
  return result.data;
};

/** An event of a later program than this one is not passed over: it might be about money. */
const requireKnown = ({ seq, type, schema }: Envelope): void => {
  const newest = (EVENT_SCHEMA as Readonly<Record<string, number>>)[type] ?? 0;
  if (schema <= newest) return;
  throw new FeedBroken(
    'event-unknown',
    `sequence ${seq}: ${type} of schema ${schema} is not known`,
  );
};

const privateOf = (item: FeedItem): PrivatePart => {
  // What was erased before it was read here comes as what is left of it.
  const text = item.private ?? item.remainder;
  if (text === undefined) {
    throw new FeedBroken('event-unreadable', `sequence ${item.seq} came without private part`);
  }
  return parse(PrivatePart, JSON.parse(text), item.seq);
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

const amendmentOf = (item: FeedItem, envelope: Envelope): ContractChange => {
  const data = parse(EVENT_DATA.ContractAmended, envelope.data, item.seq);
  const hidden = factsOf(EVENT_PRIVATE.ContractAmended, item);
  return {
    seq: item.seq,
    contractId: data.contractId,
    kind: 'amended',
    changedOn: data.amendedOn,
    receiptId: null,
    reasons: [],
    facts: {
      contractType: data.contractType,
      relatedParty: data.relatedParty,
      subcontract: data.subcontract,
      title: hidden.title,
      seller: hidden.seller,
      buyer: hidden.buyer,
      broker: hidden.broker,
      contractValueFen: hidden.contractValueFen,
      technologyValueFen: hidden.technologyValueFen,
    },
  };
};

const endOf = (item: FeedItem, envelope: Envelope): ContractChange => {
  const { reasons } = factsOf(ReasonsPrivate, item);
  const rest = { seq: item.seq, receiptId: null, facts: null, reasons };
  if (envelope.type === 'ContractRevoked') {
    const data = parse(EVENT_DATA.ContractRevoked, envelope.data, item.seq);
    return { ...rest, contractId: data.contractId, kind: 'revoked', changedOn: data.revokedOn };
  }
  const data = parse(EVENT_DATA.ContractDeregistered, envelope.data, item.seq);
  const { contractId, deregisteredOn } = data;
  return { ...rest, contractId, kind: 'deregistered', changedOn: deregisteredOn };
};

const reversalOf = (item: FeedItem, envelope: Envelope): ContractChange => {
  const data = parse(EVENT_DATA.ReceiptReversed, envelope.data, item.seq);
  return {
    seq: item.seq,
    contractId: data.contractId,
    kind: 'receipt-reversed',
    changedOn: data.reversedOn,
    receiptId: data.receiptId,
    facts: null,
    reasons: factsOf(ReasonsPrivate, item).reasons,
  };
};

const erasureOf = (item: FeedItem, envelope: Envelope): Erasure => {
  const { contractId } = parse(EVENT_DATA.PrivatePartErased, envelope.data, item.seq);
  const { kept } = factsOf(EVENT_PRIVATE.PrivatePartErased, item);
  const facts = kept.map(({ seq, facts: of }) => ({
    seq,
    contract: EVENT_PRIVATE.ContractRegistered.safeParse(of).data ?? null,
    reasons: ReasonsPrivate.safeParse(of).data?.reasons ?? null,
  }));
  return { contractId, facts };
};

const changeOf = (item: FeedItem, envelope: Envelope): ContractChange | undefined => {
  switch (envelope.type) {
    case 'ContractAmended':
      return amendmentOf(item, envelope);
    case 'ContractDeregistered':
    case 'ContractRevoked':
      return endOf(item, envelope);
    case 'ReceiptReversed':
      return reversalOf(item, envelope);
    default:
      return undefined;
  }
};

const officersOf = (item: FeedItem, envelope: Envelope): PageEffect['officers'] => {
  const type = DESK_ACTS.find((act) => act === envelope.type);
  if (!type || envelope.actor.kind !== 'person') return [];
  const { contractId } = parse(EVENT_DATA[type], envelope.data, item.seq);
  const { actor } = privateOf(item);
  return actor.kind === 'person' ? [{ contractId, userId: actor.userId }] : [];
};

/** Reads the facts out of a page; pure. Throws FeedBroken on a shape that was not agreed. */
export const stepsOf = (items: readonly FeedItem[]): readonly Step[] => {
  const steps: Step[] = [];
  let contracts: RegisteredContract[] = [];
  let receipts: ReceiptRow[] = [];
  let officers: { contractId: Id; userId: Id }[] = [];
  const endFacts = (): void => {
    steps.push({ kind: 'facts', facts: { contracts, receipts, officers } });
    [contracts, receipts, officers] = [[], [], []];
  };
  for (const item of items) {
    const envelope = parse(Envelope, JSON.parse(item.envelope), item.seq);
    if (envelope.seq !== item.seq) {
      throw new FeedBroken('event-unreadable', `sequence ${item.seq} holds another's row`);
    }
    requireKnown(envelope);
    const change = changeOf(item, envelope);
    if (change) {
      endFacts();
      steps.push({ kind: 'change', change, officers: officersOf(item, envelope) });
      continue;
    }
    if (envelope.type === 'PrivatePartErased') {
      endFacts();
      steps.push({ kind: 'erasure', erasure: erasureOf(item, envelope) });
    }
    if (envelope.type === 'ContractRegistered') contracts.push(contractOf(item, envelope));
    if (envelope.type === 'ReceiptVerified') receipts.push(receiptOf(item, envelope));
    officers.push(...officersOf(item, envelope));
  }
  endFacts();
  return steps;
};
