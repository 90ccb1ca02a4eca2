import { ProblemAnswer } from '@jishi/contracts/client';
import { type Id, newId } from '@jishi/contracts/ids';
import { readRegistration, submitContract } from '@jishi/contracts/ledger/endpoints';
import * as api from '@jishi/contracts/market/registration-papers';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { submissionOf } from '../domain/contract/submission.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import { lockContract, type StoredContract } from '../store/trade/contracts.ts';
import { deliveriesOf, putInOutbox } from '../store/trade/outbox.ts';
import { findBrokers } from '../store/trade/parties.ts';
import {
  insertSubmission,
  saveFormValues,
  submissionsOf,
} from '../store/trade/registration-papers.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { requireRegistrant } from './trade-acting.ts';
import { isNew, requireVersion, type TradeContext, traderOf } from './trade-context.ts';
import { contractStreamOf, papersOf } from './trade-contract-views.ts';

export interface Sending {
  readonly person: Person;
  readonly now: Instant;
  /** Version of the returned registration that is answered; 0 for the first submission. */
  readonly registrationVersion: number;
}

/**
 * Written with the second signature, and again after a return: the form and the files as they
 * stand go with it. The ledger hears of the listing and the need first.
 */
export const sendToLedger = async (
  trx: TradeTrx,
  { contract, negotiationId }: StoredContract,
  { person, now, registrationVersion }: Sending,
): Promise<void> => {
  const commandId = newId();
  const { contractId, listingId, needId } = contract;
  const { form, files } = (await papersOf(trx, [contract]))(contract);
  const submission = submissionOf(contract, form, files);
  const fileIds = files.filter((f) => f.kind !== 'receipt-evidence').map((f) => f.fileId);
  const sent = { contractId, negotiationId, registrationVersion, commandId, fileIds };
  if (!(await insertSubmission(trx, { ...sent, userId: person.userId, at: now }))) {
    throw new Refusal('not-returned', {
      zh: '这次退回已经重新提交过',
      en: 'This return has been answered already',
    });
  }
  const row = {
    id: commandId,
    stream: contractStreamOf(contractId),
    afterStreams: [
      ...(listingId ? [`listing:${listingId}`] : []),
      ...(needId ? [`need:${needId}`] : []),
    ],
    kind: 'contract',
    payload: submitContract.body.parse({ commandId, submission }),
    actor: person,
  } as const;
  await putInOutbox(trx, row, now);
};

/** The ledger's word on whether the registration waits for the parties, in the seen version. */
export const requireReturned = async (
  { ledgerFor }: TradeContext,
  actor: Person,
  contractId: Id,
  seenVersion: number,
): Promise<void> => {
  if (!ledgerFor) throw new Refusal('service-busy');
  const view = await ledgerFor(actor)(readRegistration, { params: { contractId } }).catch(
    (error: unknown) => {
      const isMissing = error instanceof ProblemAnswer && error.type === 'not-found';
      throw new Refusal(isMissing ? 'not-returned' : 'service-busy');
    },
  );
  if (view.status !== 'returned') throw new Refusal('not-returned');
  requireVersion(seenVersion, view.version);
};

export const requireDelivered = async (trx: TradeTrx, contractId: Id): Promise<void> => {
  const stream = contractStreamOf(contractId);
  const delivery = (await deliveriesOf(trx, [stream])).get(stream);
  if (delivery?.state === 'delivered') return;
  throw new Refusal('contract-state', {
    zh: '上一次提交还没有送达登记机构',
    en: 'What was submitted before has not reached the registration yet',
  });
};

/** The form, resubmission, and finding a broker. */
export const serveSubmitting = ({ serve }: Service, context: TradeContext): void => {
  const { db, clock } = context;
  serve(api.saveForm, ({ params, body, principal }) => {
    const trader = traderOf(principal);
    const { contractId } = params;
    return inTenant(db, principal, async (trx) => {
      const at = clock();
      const { commandId, version: seenVersion, values } = body;
      const { contract, negotiationId } = await lockContract(trx, contractId);
      const userId = requireRegistrant(contract, trader);
      const asking = { what: 'save-form', recordId: contractId, commandId, body };
      if (await isNew(trx, trader.person, asking, at)) {
        if (contract.status === 'discarded') throw new Refusal('contract-state');
        const saved = { contractId, negotiationId, seenVersion, values, userId, at };
        await saveFormValues(trx, saved);
      }
      return (await papersOf(trx, [contract]))(contract).form;
    });
  });

  serve(api.resubmitContract, ({ params, body, principal }) => {
    const trader = traderOf(principal);
    const { contractId } = params;
    return inTenant(db, principal, async (trx) => {
      const now = clock();
      const { commandId, registrationVersion } = body;
      const stored = await lockContract(trx, contractId);
      requireRegistrant(stored.contract, trader);
      const { person } = trader;
      const asking = { what: 'resubmit', recordId: contractId, commandId, body };
      if (await isNew(trx, person, asking, now)) {
        await requireDelivered(trx, contractId);
        await requireReturned(context, person, contractId, registrationVersion);
        await sendToLedger(trx, stored, { person, now, registrationVersion });
      }
      const sent = (await submissionsOf(trx, [contractId])).get(contractId) ?? [];
      const made = sent.find((s) => s.registrationVersion === registrationVersion);
      if (!made) throw new Error('the submission that was just made is not there');
      return made;
    });
  });

  serve(api.searchBrokers, ({ query, principal }) => {
    const { partyId } = traderOf(principal);
    return inTenant(db, principal, async (trx) => ({
      items: await findBrokers(trx, query.name, [partyId]),
    }));
  });
};
