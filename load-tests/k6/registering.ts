import { check } from 'k6';
import { Trend } from 'k6/metrics';
import { ask, call } from './caller.ts';
import { newHash, newId, pick } from './id.ts';
import { buyers, registrars, type SignedContract, sellers, seniorRegistrars } from './prepared.ts';
import { bearer, type Session, signIn } from './sign-in.ts';

/** From the registrar's first act to the number. */
const registeredMs = new Trend('registered_ms', true);

export interface Desk {
  readonly registrars: readonly Session[];
  readonly seniorRegistrars: readonly Session[];
  readonly sellers: readonly Session[];
  readonly buyers: readonly Session[];
}

export const openDesk = (): Desk => ({
  registrars: registrars.map(signIn),
  seniorRegistrars: seniorRegistrars.map(signIn),
  sellers: sellers.map(signIn),
  buyers: buyers.map(signIn),
});

interface Written {
  readonly version: number;
  readonly seq: number;
}
interface Registration {
  readonly version: number;
  readonly status: string;
  readonly needsSecondReview: boolean;
  readonly receipts: readonly { readonly status: string }[];
}

/** Accept, review, second review where the amount asks for it. */
export const register = (desk: Desk, { contractId }: SignedContract): Written | undefined => {
  const params = { contractId };
  const registrar = bearer(pick(desk.registrars), 'ledger');
  const shown = ask<Registration>('readRegistration', { params, token: registrar });
  if (!shown) return undefined;
  // The rest of the case page.
  call('readRegistrationChecks', { params, token: registrar });
  call('readRegistrationHistory', { params, token: registrar });
  const startedMs = Date.now();
  const act = ({ version }: { readonly version: number }) => ({ commandId: newId(), version });
  const accept = { params, body: act(shown), token: registrar };
  const accepted = ask<Written>('acceptRegistration', accept);
  if (!accepted) return undefined;
  const approve = { params, body: act(accepted), token: registrar };
  const approved = ask<Written>('approveRegistration', approve);
  if (!approved) return undefined;
  if (!shown.needsSecondReview) {
    registeredMs.add(Date.now() - startedMs);
    return approved;
  }
  const senior = bearer(pick(desk.seniorRegistrars), 'ledger');
  const second = ask<Written>('confirmSecondReview', {
    params,
    body: act(approved),
    token: senior,
  });
  if (second) registeredMs.add(Date.now() - startedMs);
  return second;
};

/** Sixty percent of the technology value arrives: recorded, confirmed, verified. */
export const receive = (desk: Desk, contract: SignedContract): Written | undefined => {
  const { contractId } = contract;
  const seller = desk.sellers[contract.seller];
  const buyer = desk.buyers[contract.buyer];
  if (!seller || !buyer) throw new Error(`nobody signed contract ${contractId}`);
  const receiptId = newId();
  const evidenceHash = newHash();
  const recorded = ask<Written>('recordReceipt', {
    params: { contractId },
    body: {
      commandId: newId(),
      receiptId,
      amountFen: Math.floor(Number(contract.technologyValueFen) * 0.6).toString(),
      receivedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
      evidenceHash,
      bankReference: `SLIP-${evidenceHash.slice(0, 30)}`,
    },
    token: bearer(seller, 'ledger'),
  });
  if (!recorded) return undefined;
  const params = { contractId, receiptId };
  const confirm = { params, body: { commandId: newId() }, token: bearer(buyer, 'ledger') };
  if (call('confirmReceipt', confirm).status !== 200) return undefined;
  const token = bearer(pick(desk.registrars), 'ledger');
  return ask<Written>('verifyReceipt', { params, body: { commandId: newId() }, token });
};

/** What the seller sees once everything is done; waits for the view to have got there. */
export const look = (desk: Desk, contract: SignedContract, { seq }: Written): void => {
  const seller = desk.sellers[contract.seller];
  if (!seller) return;
  const shown = ask<Registration>('readRegistration', {
    params: { contractId: contract.contractId },
    query: { atLeast: seq },
    token: bearer(seller, 'ledger'),
  });
  check(shown, {
    'registered and received': (view) =>
      view?.status === 'registered' && view.receipts[0]?.status === 'verified',
  });
};
