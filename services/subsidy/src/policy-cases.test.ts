import { ContractType, Region } from '@jishi/contracts/codes';
import { newId } from '@jishi/contracts/ids';
import { PartyNature } from '@jishi/contracts/party';
import { Standing } from '@jishi/contracts/subsidy/case';
import { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import { addDays, LocalDate } from '@jishi/contracts/time';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decideCase } from './domain/decision/decide.ts';
import type { CaseFacts } from './domain/decision/facts.ts';
import { REASONS } from './domain/decision/reasons.ts';
import { ARTICLES } from './domain/policy/parameters.ts';
import { changeDays } from './domain/policy/values.ts';
import { readCasesFile, readPolicy } from './store/policy-files.ts';

const Given = z.strictObject({
  role: SubsidyRole,
  kind: z.enum(['domestic', 'foreign', 'person']),
  nature: PartyNature,
  district: Region,
  contractType: ContractType,
  relatedParty: z.boolean(),
  subcontract: z.boolean(),
  standing: Standing,
  isStillParty: z.boolean(),
  brokerIsParty: z.boolean(),
  otherBrokerAwarded: z.boolean(),
  verifiedOn: LocalDate,
  receiptsFen: z.array(z.string()),
  capUsedFen: z.string(),
});

const CasesFile = z.strictObject({
  scheme: z.string(),
  given: Given,
  cases: z.array(
    z.strictObject({
      name: z.string(),
      case: Given.partial().default({}),
      expect: z.strictObject({
        outcome: z.string(),
        decidedBy: z.string().optional(),
        reason: z.string().optional(),
        awardFen: z.string().optional(),
        cutByCapFen: z.string().optional(),
        capReason: z.string().optional(),
        includesAssumption: z.boolean().optional(),
      }),
    }),
  ),
});

const { policy, hash } = await readPolicy('suzhou-transfer');
const file = CasesFile.parse(await readCasesFile('suzhou-transfer'));

const factsOf = (given: z.output<typeof Given>): CaseFacts => {
  const [partyId, sellerPartyId, buyerPartyId] = [newId(), newId(), newId()];
  const isBuyer = given.role === 'buyer' || given.brokerIsParty;
  return {
    role: given.role,
    party: {
      partyId,
      kind: given.kind,
      nature: given.nature,
      district: given.district,
      isStillParty: given.isStillParty,
    },
    contract: {
      contractType: given.contractType,
      registrationNumber: '2026320500000001',
      sellerPartyId: given.role === 'seller' ? partyId : sellerPartyId,
      buyerPartyId: isBuyer ? partyId : buyerPartyId,
      relatedParty: given.relatedParty,
      subcontract: given.subcontract,
      standing: given.standing,
    },
    receipts: given.receiptsFen.map((amount) => ({
      receiptId: newId(),
      amountFen: BigInt(amount),
      verifiedOn: given.verifiedOn,
    })),
    otherBrokerAwarded: given.otherBrokerAwarded,
    capUsedFen: BigInt(given.capUsedFen),
  };
};

const run = (changes: object) => {
  const given = Given.parse({ ...file.given, ...changes });
  return decideCase(policy, hash, given.verifiedOn, factsOf(given));
};

describe('worked cases of suzhou-transfer', () => {
  test.each(file.cases)('$name', ({ case: changes, expect: expected }) => {
    const decision = run(changes);
    const deciding = decision.checks.find((check) => check.article === decision.decidedBy);
    const cap = decision.checks.find((check) => check.article === 'plan-19');
    const seen = {
      outcome: decision.outcome,
      decidedBy: decision.decidedBy ?? undefined,
      reason: deciding?.reason,
      awardFen: decision.awardFen,
      cutByCapFen: decision.calculation?.cutByCapFen,
      capReason: cap?.reason,
      includesAssumption: decision.includesAssumption,
    };
    expect(seen).toMatchObject({ decidedBy: undefined, reason: undefined, ...expected });
  });

  test('every change day is tried on the day and on the day before', () => {
    const tried = new Set(file.cases.map((c) => c.case.verifiedOn ?? file.given.verifiedOn));
    const missing = changeDays(policy).flatMap((day) =>
      [day, addDays(day, -1)].filter((wanted) => !tried.has(wanted)),
    );
    expect(missing).toStrictEqual([]);
  });

  test('every refusal of every rule, and every role, has a case', () => {
    const tried = new Set(file.cases.flatMap((c) => run(c.case).checks.map((k) => k.reason)));
    const untried = Object.keys(REASONS).filter((reason) => !tried.has(reason));
    expect(untried).toStrictEqual(['role-not-supported']);
    const roles = new Set(file.cases.map((c) => c.case.role ?? file.given.role));
    expect([...roles].sort()).toStrictEqual(['broker', 'buyer', 'seller']);
  });

  test('a decision keeps every article, in order, with its source, whatever refused', () => {
    const decision = run({ relatedParty: true, district: 'outside' });
    expect(decision.checks.map((check) => check.article)).toStrictEqual([...ARTICLES]);
    expect(decision.checks.every((check) => check.source.length > 0)).toBe(true);
    const refused = decision.checks.filter((check) => check.verdict === 'refused');
    expect(refused.map((check) => check.article)).toStrictEqual(['article-4', 'rule-related']);
  });
});
