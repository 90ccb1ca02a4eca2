import { expect, it } from 'vitest';
import { runCrash } from './run.ts';

const WITHIN_MS = 600_000;

it(
  'acknowledged commands survive kills, stops and a full disk, each exactly once',
  async () => {
    const told: string[] = [];
    const result = await runCrash({
      seed: 20_261_129,
      faultsMs: 8_000,
      fullMs: 1_000,
      tell: (line) => told.push(line),
    });
    expect(result, told.join('\n')).toMatchObject({
      problems: [],
      ...{ lost: 0, doubled: 0, differing: 0, gaps: 0, unproven: 0, claims: 0 },
      consumers: { seen: result.events, missing: 0, twice: 0, outOfOrder: 0 },
      heads: { wrong: 0 },
      ...{ verified: true, alteredByteFound: true },
      ok: true,
    });
    expect(result.acknowledged).toBeGreaterThan(0);
  },
  WITHIN_MS,
);
