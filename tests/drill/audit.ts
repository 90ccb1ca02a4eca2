import { readFeed, readRegistration } from '@jishi/contracts/ledger/endpoints';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { listOutbox } from '@jishi/contracts/market/trade';
import { type Session, signIn } from '@jishi/contracts/session';
import { listCases, readBatch, readBooks } from '@jishi/contracts/subsidy/endpoints';
import type { DemoAccount } from '../journey/cast.ts';
import type { JourneyResult } from '../journey/journey.ts';
import { idIn } from '../journey/run-state.ts';

const PAGE_SIZE = 1_000;
const ONCE_EACH = ['ContractSubmitted', 'ContractRegistered', 'ReceiptRecorded', 'ReceiptVerified'];

export interface Offices {
  readonly operator: Session;
  readonly registrar: Session;
  readonly seniorRegistrar: Session;
  readonly decider: Session;
  readonly payer: Session;
  readonly auditor: Session;
}

export const officesOf = (baseUrl: string, demo: readonly DemoAccount[]): Offices => {
  const office = (role: string): Session => {
    const account = demo.find((a) => a.roles.includes(role));
    if (!account) throw new Error(`the demo accounts have no ${role}`);
    return signIn(baseUrl, account);
  };
  return {
    operator: office('exchange-operator'),
    registrar: office('registrar'),
    seniorRegistrar: office('senior-registrar'),
    decider: office('subsidy-officer'),
    payer: office('finance-officer'),
    auditor: office('auditor'),
  };
};

export interface LogAudit {
  readonly events: number;
  readonly gaps: number;
  readonly doubled: number;
  readonly missing: number;
}

/** Reads the whole log: sequence and versions dense, each journey's events there exactly once. */
export const auditLog = async (
  offices: Offices,
  results: readonly JourneyResult[],
): Promise<LogAudit> => {
  const read = offices.operator.on('ledger');
  const versions = new Map<string, number>();
  const seen = new Map<string, number>();
  const numbers = new Map<string, number>();
  const count = (map: Map<string, number>, key: string): void => {
    map.set(key, (map.get(key) ?? 0) + 1);
  };
  let after = 0;
  let gaps = 0;
  for (;;) {
    const { items } = await read(readFeed, { query: { after, limit: PAGE_SIZE } });
    if (items.length === 0) break;
    for (const item of items) {
      const envelope = Envelope.parse(JSON.parse(item.envelope));
      if (item.seq !== after + 1) gaps += 1;
      after = item.seq;
      if (envelope.version !== (versions.get(envelope.stream) ?? 0) + 1) gaps += 1;
      versions.set(envelope.stream, envelope.version);
      const { contractId, registrationNumber } = envelope.data;
      if (contractId) count(seen, `${envelope.type}:${contractId}`);
      if (registrationNumber) count(numbers, String(registrationNumber));
    }
  }
  const expected = results.flatMap((r) =>
    ONCE_EACH.map((type) => `${type}:${idIn(r.run, 'deal:contract')}`),
  );
  return {
    events: after,
    gaps,
    doubled:
      expected.filter((key) => (seen.get(key) ?? 0) > 1).length +
      [...numbers.values()].filter((n) => n > 1).length,
    missing: expected.filter((key) => !seen.has(key)).length,
  };
};

export interface JourneyAudit {
  readonly lost: number;
  readonly paidTwice: number;
  readonly booksBalanced: boolean;
  readonly outboxLeft: number;
}

/** Asks the services again for what each journey was told: nothing lost, nothing paid twice. */
export const auditJourneys = async (
  offices: Offices,
  results: readonly JourneyResult[],
): Promise<JourneyAudit> => {
  let lost = 0;
  let paidTwice = 0;
  for (const result of results) {
    const contractId = idIn(result.run, 'deal:contract');
    const view = await offices.registrar.on('ledger')(readRegistration, {
      params: { contractId },
    });
    if (view.registrationNumber !== result.registrationNumber) lost += 1;
    const batch = await offices.payer.on('subsidy')(readBatch, {
      params: { batchId: result.payment.batchId },
    });
    if (batch.status !== 'settled' || batch.totalFen !== result.payment.totalFen) lost += 1;
    const paid = batch.instructions.filter((i) => i.status === 'paid').map((i) => i.caseId);
    if (new Set(paid).size !== paid.length || paid.length !== result.decisions.length)
      paidTwice += 1;
    const { items } = await offices.decider.on('subsidy')(listCases, { query: { contractId } });
    if (items.length !== result.decisions.length) paidTwice += 1;
    for (const decided of result.decisions) {
      const found = items.find((i) => i.caseId === decided.caseId);
      if (found?.status !== 'paid' || found.awardFen !== decided.awardFen) lost += 1;
    }
  }
  const books = await offices.auditor.on('subsidy')(readBooks);
  const outbox = await offices.operator.on('market')(listOutbox);
  return {
    lost,
    paidTwice,
    booksBalanced: books.isBalanced,
    outboxLeft: outbox.items.length,
  };
};
