import type { Client } from '@jishi/contracts/client';
import { readRegistration } from '@jishi/contracts/ledger/endpoints';
import { confirmChange, proposeChange } from '@jishi/contracts/ledger/registry-endpoints';
import type { CaseView } from '@jishi/contracts/subsidy/case';
import {
  approveBatch,
  approveCase,
  createBatch,
  decideCase,
  enterBankAnswer,
  listCases,
  readBatch,
  readCase,
  registerPayeeAccount,
} from '@jishi/contracts/subsidy/endpoints';
import type { LocalDate } from '@jishi/contracts/time';
import { eventually } from './desk-steps.ts';
import type { Steps } from './trade-steps.ts';

/** The people of the subsidy: two officers, two of finance, and the payee. */
export interface MoneyPeople {
  readonly decider: Client;
  readonly approver: Client;
  readonly payer: Client;
  readonly secondPayer: Client;
  readonly payee: Client;
}

interface Asked {
  readonly name: string;
  readonly role: 'seller' | 'buyer' | 'broker';
}

const caseOf = ({ id }: Steps, officer: Client, { name, role }: Asked): Promise<CaseView> =>
  eventually(`the case of the ${role}`, async () => {
    const query = { contractId: id(`${name}:contract`), role };
    const { items } = await officer(listCases, { query });
    const [found] = items;
    return found && officer(readCase, { params: { caseId: found.caseId } });
  });

type Officers = Pick<MoneyPeople, 'decider' | 'approver'>;

/** Commands of the buyer's case bear the deal's name alone. */
const prefixOf = ({ name, role }: Asked): string => (role === 'buyer' ? name : `${name}:${role}`);

/** One officer decides, another approves; what is already so is left alone. */
export const award = async (
  steps: Steps,
  { decider, approver }: Officers,
  asked: Asked,
  until: 'decided' | 'approved' = 'approved',
): Promise<CaseView> => {
  const { id } = steps;
  const prefix = prefixOf(asked);
  let view = await caseOf(steps, decider, asked);
  const params = { caseId: view.caseId };
  if (view.status === 'open') {
    const body = { commandId: id(`${prefix}:decide`), version: view.version };
    view = await decider(decideCase, { params, body });
  }
  if (until === 'decided') return view;
  if (view.status === 'decided' && view.decision) {
    const { contentHash } = view.decision;
    const body = { commandId: id(`${prefix}:approve-award`), version: view.version, contentHash };
    view = await approver(approveCase, { params, body });
  }
  return view;
};

/** Where a party is paid to. The number is of no bank. */
export const nameAccount = async (
  { id }: Steps,
  payee: Client,
  name: string,
  accountName: string,
): Promise<void> => {
  await payee(registerPayeeAccount, {
    body: {
      commandId: id(`${name}:account`),
      accountName,
      bankName: '示例银行苏州分行',
      accountNumber: '9999021100000000',
    },
  });
};

/** One finance officer puts an approved case into a batch of its own. */
export const prepareBatch = async (
  { id }: Steps,
  payer: Client,
  name: string,
  { status, caseId }: Pick<CaseView, 'status' | 'caseId'>,
): Promise<string> => {
  const batchId = id(`${name}:batch`);
  if (status !== 'approved') return batchId;
  const commandId = id(`${name}:make-batch`);
  await payer(createBatch, { body: { commandId, batchId, caseIds: [caseId] } });
  return batchId;
};

/** The buyer's award of a contract is decided, approved, put into a batch and paid by the bank. */
export const payAward = async (
  steps: Steps,
  people: MoneyPeople,
  name: string,
  paidOn: LocalDate,
): Promise<void> => {
  const { id } = steps;
  const view = await award(steps, people, { name, role: 'buyer' });
  await nameAccount(steps, people.payee, name, view.partyName);
  const batchId = await prepareBatch(steps, people.payer, name, view);
  const params = { batchId };
  const batch = await people.payer(readBatch, { params });
  const { version, fileHash, instructions } = batch;
  if (batch.status === 'prepared') {
    const body = { commandId: id(`${name}:approve-batch`), version, fileHash };
    await people.secondPayer(approveBatch, { params, body });
  }
  if (batch.status === 'settled') return;
  const lines = instructions.map((line, i) => ({
    instructionId: line.instructionId,
    payeeName: line.payeeName,
    amountFen: line.amountFen,
    result: 'paid',
    bankReference: `STORY-${batchId.slice(-8)}-${i + 1}`,
    paidOn,
  }));
  const answerNumber = `STORY-${batchId.slice(-8)}`;
  const body = { commandId: id(`${name}:answer`), fileHash, answerNumber, lines };
  const { applied } = await people.secondPayer(enterBankAnswer, { params, body });
  if (!applied) throw new Error(`${name}: the bank answer was refused`);
};

/** A registrar proposes to revoke, a senior one confirms; a claim follows by itself. */
export const revokeRegistration = async (
  { id }: Steps,
  desk: { readonly registrar: Client; readonly seniorRegistrar: Client },
  name: string,
): Promise<void> => {
  const contractId = id(`${name}:contract`);
  const changeId = id(`${name}:revocation`);
  const read = () => desk.registrar(readRegistration, { params: { contractId } });
  const found = await read();
  if (found.status !== 'registered') return;
  if (found.pendingChange === null) {
    await desk.registrar(proposeChange, {
      params: { contractId },
      body: {
        commandId: id(`${name}:propose-revocation`),
        version: found.version,
        changeId,
        kind: 'revoke',
        amended: null,
        reasons: [{ code: 'false-material', note: '抽查发现到账凭证与合同不符(合成故事)' }],
      },
    });
  }
  const proposed = await eventually('the proposal', async () => {
    const now = await read();
    return now.pendingChange ? now : undefined;
  });
  await desk.seniorRegistrar(confirmChange, {
    params: { contractId, changeId },
    body: { commandId: id(`${name}:confirm-revocation`), version: proposed.version },
  });
};
