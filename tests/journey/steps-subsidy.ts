import { createHash } from 'node:crypto';
import { urlOf } from '@jishi/contracts/client';
import { patientFetch } from '@jishi/contracts/session';
import type { CaseView } from '@jishi/contracts/subsidy/case';
import {
  approveBatch,
  approveCase,
  createBatch,
  decideCase,
  downloadBatchFile,
  enterBankAnswer,
  listCases,
  listSchemes,
  readBatch,
  readBooks,
  readCase,
  registerPayeeAccount,
} from '@jishi/contracts/subsidy/endpoints';
import type { SchemeView } from '@jishi/contracts/subsidy/policy';
import { eventually } from '@jishi/seeds/stories/desk-steps';
import type { Journey } from './context.ts';
import type { Decided, Paid } from './results.ts';

const ROLES = ['seller', 'buyer', 'broker'] as const;
type SubsidyRole = (typeof ROLES)[number];

const caseIdsOf = async ({ id, people }: Journey): Promise<Record<SubsidyRole, string>> =>
  eventually('the three subsidy cases', async () => {
    const query = { contractId: id('deal:contract') };
    const { items } = await people.decider.on('subsidy')(listCases, { query });
    const found = new Map(items.map((item) => [item.role, item.caseId]));
    const [seller, buyer, broker] = ROLES.map((role) => found.get(role));
    return seller && buyer && broker ? { seller, buyer, broker } : undefined;
  });

const valueOn = (scheme: SchemeView, key: string, day: string): unknown => {
  const parameter = scheme.parameters.find((p) => p.key === key);
  return parameter?.values.find((v) => v.from <= day && (v.until === null || day < v.until))?.value;
};

/** Keys of the scheme's published parameters, by role. The journey's broker is an institution. */
const RATE_KEYS: Record<SubsidyRole, string> = {
  seller: 'rateSeller',
  buyer: 'rateBuyer',
  broker: 'rateBrokerInstitution',
};

/** The award by the published rule: the rate's share, down to the fen, at most the ceiling. */
const awardByRule = (
  scheme: SchemeView,
  role: SubsidyRole,
  day: string,
  receivedFen: string,
): { awardFen: string; rateBp: number } => {
  const rateBp = valueOn(scheme, RATE_KEYS[role], day);
  const ceilingYuan = valueOn(scheme, 'ceiling', day);
  if (typeof rateBp !== 'number' || typeof ceilingYuan !== 'number') {
    throw new Error(`${role}: the scheme publishes no rate or ceiling on ${day}`);
  }
  const share = (BigInt(receivedFen) * BigInt(rateBp)) / 10_000n;
  const cap = BigInt(ceilingYuan) * 100n;
  return { awardFen: (share < cap ? share : cap).toString(), rateBp };
};

const readOf = (journey: Journey, caseId: string): Promise<CaseView> =>
  journey.people.decider.on('subsidy')(readCase, { params: { caseId } });

const decideOne = async (
  journey: Journey,
  scheme: SchemeView,
  role: SubsidyRole,
  caseId: string,
): Promise<Decided> => {
  const { id, people } = journey;
  const params = { caseId };
  const open = await readOf(journey, caseId);
  if (open.status === 'open') {
    const body = { commandId: id(`decide-${role}`), version: open.version };
    await people.decider.on('subsidy')(decideCase, { params, body });
  }
  const decided = await readOf(journey, caseId);
  if (!decided.decision) throw new Error(`${role}: not decided`);
  if (decided.status === 'decided') {
    const { contentHash } = decided.decision;
    const body = { commandId: id(`approve-${role}`), version: decided.version, contentHash };
    await people.approver.on('subsidy')(approveCase, { params, body });
  }
  const { content } = decided.decision;
  const { receivedFen } = journey;
  const { awardFen, rateBp } = awardByRule(scheme, role, content.policyDay, receivedFen);
  if (content.awardFen !== awardFen) {
    throw new Error(`${role}: decided ${content.awardFen}, by the rule ${awardFen}`);
  }
  const { includesAssumption } = content;
  return { role, caseId, baseFen: journey.receivedFen, rateBp, awardFen, includesAssumption };
};

/** 11: three reasoned decisions, each approved by a second officer, each checked by the rule. */
export const decideAll = async (journey: Journey): Promise<Decided[]> => {
  const ids = await caseIdsOf(journey);
  const { items } = await journey.people.decider.on('subsidy')(listSchemes);
  const first = await readOf(journey, ids.seller);
  const scheme = items.find((s) => s.scheme === first.scheme);
  if (!scheme) throw new Error(`the scheme ${first.scheme} is not published`);
  const decided: Decided[] = [];
  for (const role of ROLES) decided.push(await decideOne(journey, scheme, role, ids[role]));
  return decided;
};

/** Sixteen digits out of an id; no real bank has the prefix. */
const accountNumberOf = (id: string): string =>
  `9999${BigInt(`0x${id.slice(0, 8)}`)}`.padEnd(16, '0');

const registerAccounts = async ({ id, people, cast }: Journey): Promise<void> => {
  for (const role of ROLES) {
    await people[role].on('subsidy')(registerPayeeAccount, {
      body: {
        commandId: id(`payee-${role}`),
        accountName: cast[role].organisation.name,
        bankName: '示例银行苏州分行',
        accountNumber: accountNumberOf(id(`account-${role}`)),
      },
    });
  }
};

const fileOf = async ({ baseUrl, people }: Journey, batchId: string): Promise<Buffer> => {
  const url = urlOf(baseUrl, downloadBatchFile, { params: { batchId } });
  const headers = { authorization: `Bearer ${await people.payer.token('subsidy')}` };
  const response = await patientFetch(url, { headers });
  if (!response.ok) throw new Error(`payment file: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
};

/** 12: batch, second finance officer, file, bank answer; the same answer again is harmless. */
export const payOnce = async (journey: Journey, decided: readonly Decided[]): Promise<Paid> => {
  const { id, people } = journey;
  const batchId = id('batch');
  const params = { batchId };
  await registerAccounts(journey);
  const payer = people.payer.on('subsidy');
  const caseIds = decided.map((d) => d.caseId);
  await payer(createBatch, { body: { commandId: id('batch-command'), batchId, caseIds } });
  const state = async () => payer(readBatch, { params });
  const prepared = await state();
  if (prepared.status === 'prepared') {
    const { version, fileHash } = prepared;
    const body = { commandId: id('approve-batch'), version, fileHash };
    await people.secondPayer.on('subsidy')(approveBatch, { params, body });
  }
  const approved = await state();
  const ownHash = createHash('sha256')
    .update(await fileOf(journey, batchId))
    .digest('hex');
  if (ownHash !== approved.fileHash) throw new Error('the payment file is not the approved one');
  const answer = {
    fileHash: approved.fileHash,
    answerNumber: `ANSWER-${journey.run}`,
    lines: approved.instructions.map((i, n) => ({
      instructionId: i.instructionId,
      payeeName: i.payeeName,
      amountFen: i.amountFen,
      result: 'paid',
      bankReference: `BANK-${journey.run.slice(-8)}-${n}`,
      paidOn: journey.today,
    })),
  };
  for (const attempt of ['once', 'again']) {
    const body = { ...answer, commandId: id('bank-answer') };
    const result = await payer(enterBankAnswer, { params, body });
    if (!result.applied) {
      throw new Error(`bank answer ${attempt}: ${JSON.stringify(result.problems)}`);
    }
  }
  const settled = await state();
  const expected = decided.reduce((sum, d) => sum + BigInt(d.awardFen), 0n).toString();
  if (settled.totalFen !== expected) throw new Error(`paid ${settled.totalFen}, not ${expected}`);
  const books = await people.auditor.on('subsidy')(readBooks);
  if (!books.isBalanced) throw new Error('the books do not balance');
  return {
    batchId,
    totalFen: settled.totalFen,
    fileHash: settled.fileHash,
    status: settled.status,
  };
};
