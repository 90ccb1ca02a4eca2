import { createHash } from 'node:crypto';
import { type Client, ProblemAnswer } from '@jishi/contracts/client';
import {
  acceptRegistration,
  approveRegistration,
  confirmReceipt,
  confirmSecondReview,
  readRegistration,
  recordReceipt,
  verifyReceipt,
} from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
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

const orMissing = async <T>(read: Promise<T>): Promise<T | undefined> =>
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
  until: 'accepted' | 'registered' = 'registered',
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
}

/** The seller records money that arrived, the buyer confirms, the registrar verifies. */
export const receive = async (
  { id }: Steps,
  sides: { readonly seller: Client; readonly buyer: Client; readonly registrar: Client },
  name: string,
  payment: Payment,
): Promise<number> => {
  const contractId = id(`${name}:contract`);
  const receiptId = id(`${name}:receipt`);
  const params = { contractId, receiptId };
  await sides.seller(recordReceipt, {
    params: { contractId },
    body: {
      commandId: id(`${name}:record-receipt`),
      receiptId,
      amountFen: payment.amountFen,
      receivedOn: payment.receivedOn,
      evidenceHash: createHash('sha256').update(payment.slip).digest('hex'),
      bankReference: payment.slip.slice(-40),
    },
  });
  await sides.buyer(confirmReceipt, {
    params,
    body: { commandId: id(`${name}:confirm-receipt`) },
  });
  const verified = await sides.registrar(verifyReceipt, {
    params,
    body: { commandId: id(`${name}:verify-receipt`) },
  });
  return verified.seq;
};
