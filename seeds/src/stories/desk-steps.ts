import { createHash } from 'node:crypto';
import { type Client, ProblemAnswer } from '@jishi/contracts/client';
import {
  acceptRegistration,
  approveRegistration,
  confirmReceipt,
  confirmSecondReview,
  readRegistration,
  recordReceipt,
  returnRegistration,
  verifyReceipt,
} from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { proposeChange } from '@jishi/contracts/ledger/registry-endpoints';
import type { Steps } from './trade-steps.ts';

const ARRIVES_WITHIN_MS = 60_000;
const POLL_MS = 200;

/** Waits until a read gives something; the outbox and the feeds work behind. */
export const eventually = async <T>(
  what: string,
  read: () => Promise<T | undefined>,
): Promise<T> => {
  const untilMs = Date.now() + ARRIVES_WITHIN_MS;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > untilMs) throw new Error(`${what} did not arrive`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

/** Undefined when there is no such thing. */
export const orMissing = async <T>(read: Promise<T>): Promise<T | undefined> =>
  read.catch((error: unknown) => {
    if (error instanceof ProblemAnswer && error.type === 'not-found') return undefined;
    throw error;
  });

/** Market's outbox brings a signed contract to the ledger. */
export const awaitRegistration = (registrar: Client, contractId: string) =>
  eventually('the signed contract', () =>
    orMissing(registrar(readRegistration, { params: { contractId } })),
  );

export interface Desk {
  readonly registrar: Client;
  readonly seniorRegistrar: Client;
}

/** Accept, review, second review at or over the threshold: as far as asked. */
export const register = async (
  { id }: Steps,
  { registrar, seniorRegistrar }: Desk,
  name: string,
  until: 'accepted' | 'reviewed' | 'registered' = 'registered',
): Promise<RegistrationView> => {
  const contractId = id(`${name}:contract`);
  const params = { contractId };
  const read = (atLeast: number) => registrar(readRegistration, { params, query: { atLeast } });
  let view = await awaitRegistration(registrar, contractId);
  const act = (step: string) => ({
    params,
    body: { commandId: id(`${name}:${step}`), version: view.version },
  });
  if (view.status === 'submitted') {
    view = await read((await registrar(acceptRegistration, act('accept-it'))).seq);
  }
  if (until === 'accepted') return view;
  if (view.status === 'accepted') {
    view = await read((await registrar(approveRegistration, act('approve'))).seq);
  }
  if (until === 'reviewed') return view;
  if (view.status === 'first-reviewed') {
    view = await read((await seniorRegistrar(confirmSecondReview, act('second-review'))).seq);
  }
  return view;
};

export interface Payment {
  readonly amountFen: string;
  readonly receivedOn: string;
  /** Distinguishes this slip from every other: the hash of the evidence comes from it. */
  readonly slip: string;
  /** Sets a further payment of the same contract apart. */
  readonly part?: string;
}

interface ReceiptSides {
  readonly seller: Client;
  readonly buyer: Client;
  readonly registrar: Client;
}

/** As a bank numbers a payment: its day, and digits that come from the slip. */
const bankReferenceOf = ({ slip, receivedOn }: Payment): string => {
  const digest = createHash('sha256').update(slip).digest();
  return `${receivedOn.replaceAll('-', '')}-${digest.readUInt32BE(0).toString().padStart(10, '0')}`;
};

/** The seller records money that arrived, the buyer confirms, the registrar verifies. */
export const receive = async (
  { id }: Steps,
  sides: ReceiptSides,
  name: string,
  payment: Payment,
  until: 'recorded' | 'confirmed' | 'verified' = 'verified',
): Promise<number> => {
  const contractId = id(`${name}:contract`);
  const own = payment.part === undefined ? name : `${name}:${payment.part}`;
  const receiptId = id(`${own}:receipt`);
  const params = { contractId, receiptId };
  // Played again on another day, it would be another receipt: what is there stays.
  const view = await sides.seller(readRegistration, { params: { contractId } });
  if (!view.receipts.some((receipt) => receipt.receiptId === receiptId)) {
    const { seq } = await sides.seller(recordReceipt, {
      params: { contractId },
      body: {
        commandId: id(`${own}:record-receipt`),
        receiptId,
        amountFen: payment.amountFen,
        receivedOn: payment.receivedOn,
        evidenceHash: createHash('sha256').update(payment.slip).digest('hex'),
        bankReference: bankReferenceOf(payment),
      },
    });
    if (until === 'recorded') return seq;
  }
  if (until === 'recorded') return view.seq;
  const confirmed = await sides.buyer(confirmReceipt, {
    params,
    body: { commandId: id(`${own}:confirm-receipt`) },
  });
  if (until === 'confirmed') return confirmed.seq;
  const verified = await sides.registrar(verifyReceipt, {
    params,
    body: { commandId: id(`${own}:verify-receipt`) },
  });
  return verified.seq;
};

export interface Reason {
  readonly code: string;
  readonly note: string;
}

/** The desk sends a submitted contract back; what was supplemented since stays. */
export const returnForSupplement = async (
  { id }: Steps,
  registrar: Client,
  name: string,
  reasons: readonly Reason[],
): Promise<void> => {
  const contractId = id(`${name}:contract`);
  const { status, version, submissions } = await awaitRegistration(registrar, contractId);
  if (status !== 'submitted' || submissions > 1) return;
  const body = { commandId: id(`${name}:return`), version, reasons: [...reasons] };
  await registrar(returnRegistration, { params: { contractId }, body });
};

/** A registrar proposes new facts; a senior one has not answered yet. */
export const proposeAmendment = async (
  { id }: Steps,
  registrar: Client,
  name: string,
  change: { readonly technologyValueFen: string; readonly note: string },
): Promise<void> => {
  const contractId = id(`${name}:contract`);
  const params = { contractId };
  const view = await registrar(readRegistration, { params });
  const { status, version, amendment, pendingChange } = view;
  if (status !== 'registered' || amendment > 0 || pendingChange) return;
  const { technologyValueFen, note } = change;
  const amended = { public: view.public, private: { ...view.private, technologyValueFen } };
  await registrar(proposeChange, {
    params,
    body: {
      ...{ commandId: id(`${name}:propose-amendment`), version, changeId: id(`${name}:amendment`) },
      ...{ kind: 'amend', amended, reasons: [{ code: 'amount-settled', note }] },
    },
  });
};
