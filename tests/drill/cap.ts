import { client, ProblemAnswer } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import { patientFetch } from '@jishi/contracts/session';
import { decideCase, listCases, readCase } from '@jishi/contracts/subsidy/endpoints';
import type { Offices } from './audit.ts';
import type { Installation } from './kills.ts';
import { inParallel } from './parallel.ts';
import { RECEIVED_FEN, registerOne, type World, worldOf } from './registrations.ts';
import { startSecondSubsidy } from './second-process.ts';

const CASES_WITHIN_MS = 120_000;
const CEILING_FEN = 50_000_000n;

const sellerCases = async (world: World) => {
  const found: { caseId: string; status: string; awardFen: string | null; version: number }[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await world.offices.decider.on('subsidy')(listCases, {
      query: { role: 'seller', limit: 200, ...(after ? { after } : {}) },
    });
    found.push(...page.items.filter((i) => i.partyId === world.seller.partyId));
    if (page.next === null) return found;
    after = page.next;
  }
};

const awaitCases = async (world: World, count: number) => {
  const untilMs = Date.now() + CASES_WITHIN_MS;
  for (;;) {
    const cases = await sellerCases(world);
    if (cases.length >= count) return cases;
    if (Date.now() > untilMs) throw new Error(`${cases.length} of ${count} cases opened`);
    await new Promise((done) => setTimeout(done, 500));
  }
};

export interface CapOutcome {
  readonly decisions: number;
  readonly awardedFen: string;
  readonly expectedFen: string;
  readonly processes: number;
}

/** A thousand decisions for one party at once, from two processes: exactly the ceiling is used. */
export const runCap = async (
  installation: Installation,
  offices: Offices,
  decisions: number,
  tell: (line: string) => void,
): Promise<CapOutcome> => {
  const world = await worldOf(installation, offices);
  tell(`registering ${decisions} contracts of one seller`);
  await inParallel(
    Array.from({ length: decisions }, (_, n) => n),
    (n) => registerOne(world, n),
  );
  const cases = await awaitCases(world, decisions);
  const second = await startSecondSubsidy(installation);
  tell(`deciding ${cases.length} cases at once through two processes`);
  try {
    const token = () => offices.decider.token('subsidy');
    const calls = [installation.baseUrl, second.url].map((baseUrl) =>
      client({ baseUrl, token, fetch: patientFetch, timeoutMs: 120_000 }),
    );
    const decide = async (caseId: string, version: number, n: number): Promise<void> => {
      const call = calls[n % 2] as (typeof calls)[number];
      await call(decideCase, { params: { caseId }, body: { commandId: newId(), version } });
    };
    const outcomes = await Promise.allSettled(cases.map((c, n) => decide(c.caseId, c.version, n)));
    const failed = outcomes.find((o) => o.status === 'rejected');
    if (failed) {
      const why = failed.reason instanceof ProblemAnswer ? failed.reason.message : failed.reason;
      throw new Error(`a decision failed: ${why}`);
    }
  } finally {
    second.stop();
  }
  const rateBp = await rateOf(world, cases[0]?.caseId ?? '');
  const share = (RECEIVED_FEN * BigInt(rateBp)) / 10_000n;
  const sum = share * BigInt(decisions);
  const after = await sellerCases(world);
  return {
    decisions: after.filter((c) => c.awardFen !== null).length,
    awardedFen: after.reduce((total, c) => total + BigInt(c.awardFen ?? '0'), 0n).toString(),
    expectedFen: (sum < CEILING_FEN ? sum : CEILING_FEN).toString(),
    processes: 2,
  };
};

const rateOf = async (world: World, caseId: string): Promise<number> => {
  const view = await world.offices.decider.on('subsidy')(readCase, { params: { caseId } });
  const rateBp = view.decision?.content.calculation?.rateBp;
  if (rateBp === undefined) throw new Error('a decided case has no rate');
  return rateBp;
};
