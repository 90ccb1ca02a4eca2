import { newId } from '@jishi/contracts/ids';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../store/policy-files.ts';
import { decideCase } from './decide.ts';
import type { CaseFacts } from './facts.ts';

const { policy, hash } = await readPolicy('suzhou-transfer');
const DAY = '2026-06-30';
const CAP = 50_000_000n;

const buyerFacts = (amounts: readonly bigint[], capUsedFen: bigint): CaseFacts => ({
  role: 'buyer',
  party: {
    partyId: newId(),
    kind: 'domestic',
    nature: 'enterprise',
    district: 'kunshan',
    isStillParty: true,
  },
  contract: {
    contractType: 'transfer',
    registrationNumber: '2026320500000001',
    sellerPartyId: newId(),
    buyerPartyId: newId(),
    relatedParty: false,
    subcontract: false,
    standing: 'registered',
  },
  receipts: amounts.map((amountFen) => ({ receiptId: newId(), amountFen, verifiedOn: DAY })),
  otherBrokerAwarded: false,
  capUsedFen,
});

const decide = (facts: CaseFacts) => decideCase(policy, hash, DAY, facts);
/** From 20 fen on, the least base of which five per cent is a fen. */
const fen = fc.bigInt({ min: 20n, max: 10n ** 15n });

describe('any number of cases against one cap', () => {
  test('take exactly min(cap, sum of shares), whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fen, { minLength: 1, maxLength: 40 }), (bases) => {
        const awarded = bases.reduce(
          (used, base) => used + BigInt(decide(buyerFacts([base], used)).awardFen),
          0n,
        );
        const shares = bases.reduce((sum, base) => sum + (base * 500n) / 10_000n, 0n);
        expect(awarded).toBe(shares < CAP ? shares : CAP);
      }),
    );
  });

  test('an award and what the cap cut off are the share, to the fen', () => {
    fc.assert(
      fc.property(
        fc.array(fen, { minLength: 1, maxLength: 5 }),
        fc.bigInt(0n, CAP),
        (bases, used) => {
          const { calculation, awardFen, outcome } = decide(buyerFacts(bases, used));
          const base = bases.reduce((sum, amount) => sum + amount, 0n);
          expect(BigInt(calculation?.shareFen ?? -1)).toBe((base * 500n) / 10_000n);
          expect(BigInt(calculation?.awardFen ?? 0) + BigInt(calculation?.cutByCapFen ?? 0)).toBe(
            BigInt(calculation?.shareFen ?? -1),
          );
          expect(outcome === 'award').toBe(BigInt(awardFen) > 0n);
        },
      ),
    );
  });
});

describe('a decision', () => {
  test('says on which values it rests, and that some are assumed', () => {
    const decision = decide(buyerFacts([100_000n], 0n));
    const rate = decision.checks.find((check) => check.article === 'rule-rate');
    expect(rate?.parameters[0]).toMatchObject({
      key: 'rateBuyer',
      value: 500,
      status: 'ASSUMPTION',
    });
    const cap = decision.checks.find((check) => check.article === 'plan-19');
    expect(cap?.parameters[0]).toMatchObject({ key: 'ceiling', unit: 'CNY', status: 'OFFICIAL' });
    expect(decision.includesAssumption).toBe(true);
  });

  test('shows no amount that a refusal before the cap made meaningless', () => {
    const facts = buyerFacts([100_000n], 0n);
    const related = { ...facts, contract: { ...facts.contract, relatedParty: true } };
    expect(decide(related)).toMatchObject({ calculation: null, awardFen: '0' });
    expect(decide(buyerFacts([100_000n], CAP))).toMatchObject({
      awardFen: '0',
      calculation: { shareFen: '5000', awardFen: '0', cutByCapFen: '5000' },
    });
  });
});
