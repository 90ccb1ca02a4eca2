import { readFile } from 'node:fs/promises';
import { ProblemAnswer } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import type { CaseView } from '@jishi/contracts/subsidy/case';
import { approveCase, decideCase, listCases, readBooks } from '@jishi/contracts/subsidy/endpoints';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyFromText } from '../store/policy-files.ts';
import { organisation, registeredItem, testContract, verifiedItem } from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { act, approvedCase, openCasesFor, refusalOf } from '../testing/steps.ts';

const CAP_FEN = 50_000_000n;
const CASES = 1_000;

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_cap');
});
afterAll(() => desk.close());

/** Buyer cases of one party, with bases from a fixed sequence, so that the cap is met mid-way. */
const casesOfOneBuyer = async (count: number, baseOf: (i: number) => bigint) => {
  const buyer = organisation('enterprise', 'kunshan');
  const contracts = Array.from({ length: count }, () => testContract({ buyer, broker: null }));
  for (let from = 0; from < count; from += 100) {
    const part = contracts.slice(from, from + 100);
    await desk.feed((seq) =>
      part.flatMap((contract, i) => [
        registeredItem(seq + 2 * i, contract, newId()),
        verifiedItem(seq + 2 * i + 1, contract, baseOf(from + i).toString(), newId()),
      ]),
    );
  }
  // A server counts its rows by itself, but not within a second of so many new ones; without the
  // counts it reads all cases of the party for each view.
  await sql`analyze`.execute(desk.db);
  const asBuyer = desk.as(desk.memberOf(buyer.partyId));
  const lines = [];
  let after: string | undefined;
  do {
    const query = { limit: 200, ...(after ? { after } : {}) };
    const page = await asBuyer(listCases, { query });
    lines.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  return { buyer, lines };
};

const RETRIES_MAX = 50;

/** A busy service is asked again with the same command id, as its `Retry-After` says. */
const decideUntilAnswered = async (call: () => Promise<CaseView>): Promise<CaseView> => {
  for (let tried = 0; tried < RETRIES_MAX; tried++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ProblemAnswer) || error.type !== 'service-busy') throw error;
    }
  }
  throw new Error('the service stayed busy');
};

const decideAll = async (lines: readonly { caseId: string; version: number }[]) => {
  const second = desk.another();
  const clients = [desk.as(desk.officer()), second.as(desk.officer())] as const;
  const views = await Promise.all(
    lines.map((line, i) => {
      const call = act(line);
      const ask = i % 2 === 0 ? clients[0] : clients[1];
      return decideUntilAnswered(() => ask(decideCase, call));
    }),
  );
  return views.map((view) => BigInt(view.awardFen ?? 0));
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
const shareOf = (base: bigint): bigint => (base * 500n) / 10_000n;

describe('the cap of a party, role and year', () => {
  test(`is used exactly by ${CASES} decisions at once from two processes`, async () => {
    const baseOf = (i: number) => 2_000_003n + BigInt((i * 7_919) % 1_000_000);
    const { buyer, lines } = await casesOfOneBuyer(CASES, baseOf);
    expect(lines).toHaveLength(CASES);
    const shares = lines.map((line) => shareOf(BigInt(line.baseFen)));
    expect(sum(shares)).toBeGreaterThan(CAP_FEN);
    const awards = await decideAll(lines);
    expect(sum(awards)).toBe(CAP_FEN);
    const cut = awards.filter((award, i) => award > 0n && award < (shares[i] ?? 0n));
    expect(cut.length).toBeLessThanOrEqual(1);
    const used = await desk.db
      .selectFrom('cap_usage')
      .select(['role', 'year', 'used_fen'])
      .where('party_id', '=', buyer.partyId)
      .execute();
    expect(used).toStrictEqual([{ role: 'buyer', year: 2026, used_fen: CAP_FEN }]);
  }, 240_000);

  test('is not reached when the shares stay below it: every fen is awarded', async () => {
    const baseOf = (i: number) => 1_000_001n + BigInt(i);
    const { lines } = await casesOfOneBuyer(60, baseOf);
    const awards = await decideAll(lines);
    expect(sum(awards)).toBe(sum(lines.map((line) => shareOf(BigInt(line.baseFen)))));
    expect(sum(awards)).toBeLessThan(CAP_FEN);
  });

  test('is another one in the next year and in another role', async () => {
    const buyer = organisation('enterprise', 'kunshan');
    const large = { contractValueFen: '2000000000', technologyValueFen: '2000000000' };
    const first = testContract({ buyer, private: large });
    await openCasesFor(desk, first, '1000000000');
    await desk.feed((seq) => [
      verifiedItem(seq, first, '1000000000', newId(), '2027-01-01'),
      registeredItem(seq + 1, testContract({ seller: buyer }), newId()),
    ]);
    const { items } = await desk.as(desk.memberOf(buyer.partyId))(listCases);
    const awards = await decideAll(items);
    expect(items.map((item) => item.year)).toStrictEqual([2026, 2027]);
    expect(awards).toStrictEqual([CAP_FEN, CAP_FEN]);
  });
});

describe('the budget of a year', () => {
  test('pays what it covers exactly and refuses the next award, also when approved at once', async () => {
    const text = await readFile(
      new URL('../../policies/suzhou-transfer/parameters.yaml', import.meta.url),
      'utf8',
    );
    // Exactly three awards of ¥100,000.
    const small = text.replace('value: 100000000', 'value: 300000');
    expect(small).not.toBe(text);
    const poor = await openTestDesk('subsidy_budget', { loaded: policyFromText(small) });
    try {
      const decided = [];
      for (let i = 0; i < 5; i++) {
        const { items } = await openCasesFor(poor);
        const line = items.find((item) => item.role === 'buyer');
        if (line) decided.push(await poor.as(poor.officer())(decideCase, act(line)));
      }
      const answers = await Promise.all(
        decided.map((view) =>
          refusalOf(
            poor.as(poor.officer())(approveCase, {
              params: { caseId: view.caseId },
              body: {
                commandId: newId(),
                version: view.version,
                contentHash: view.decision?.contentHash ?? '',
              },
            }),
          ),
        ),
      );
      expect(answers.toSorted()).toStrictEqual([
        ...['allowed', 'allowed', 'allowed'],
        ...['budget-exhausted', 'budget-exhausted'],
      ]);
      expect(await poor.as(poor.auditor())(readBooks)).toMatchObject({ isBalanced: true });
      await expect(approvedCase(poor)).rejects.toThrow(/budget-exhausted/);
    } finally {
      await poor.close();
    }
  });
});
