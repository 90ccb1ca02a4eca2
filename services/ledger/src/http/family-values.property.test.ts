import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import given from '../../parameters/index-family-1.0.json' with { type: 'json' };
import { applyToFamily } from '../domain/index/family/family.ts';
import { emptyFamily } from '../domain/index/family/family-state.ts';
import type { MethodFile } from '../domain/index/family/method-file.ts';
import { playActs } from '../domain/index/family/random-market.ts';
import { seriesOf } from '../domain/index/family/series.ts';
import { factsFrom, shortMethod } from '../domain/index/family/testing-market.ts';
import { valueLine, valueLines } from '../domain/index/family/value-lines.ts';
import { createTouchLog } from '../process/touch-log.ts';
import { randomAct } from '../testing/random-acts.ts';
import type { FamilySource } from './family-source.ts';
import { createFamilyValues } from './family-values.ts';

vi.setConfig({ testTimeout: 180_000 });

const [FROM, TO] = ['2025-11', '2026-03'];
const MONTHS = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];

/** What is asked for between two events: nothing, or all lines of some months. */
const asking = fc.array(fc.subarray(MONTHS), { minLength: 1, maxLength: 6 });

it('after any events, asked for at any time, each kept line is the one computed anew', () => {
  let reused = 0;
  fc.assert(
    fc.property(fc.array(randomAct, { minLength: 20, maxLength: 40 }), asking, (acts, asked) => {
      const facts = factsFrom(1, playActs(acts).happenings);
      const method = shortMethod(given as MethodFile, Math.ceil(facts.length / 3), '0');
      const family = emptyFamily(method);
      const touches = createTouchLog(method.windows.cell);
      const values = createFamilyValues({
        touchedSince: (seq: number) => touches.since(seq, family.market.seq),
      } as FamilySource);
      let linked = 0;
      facts.forEach((fact, i) => {
        const applied = touches.watch(family.market, fact);
        applyToFamily(family, fact);
        applied();
        if (family.references.size !== linked) touches.allMoved(fact.seq);
        linked = family.references.size;
        for (const period of asked[i % asked.length] ?? []) {
          for (const series of seriesOf(method)) {
            const kept = values.line(family, series, period);
            expect(kept).toStrictEqual(valueLine(family, series, period));
            if (kept.value !== null) reused += 1;
          }
        }
      });
      const whole = seriesOf(method).flatMap((series) =>
        MONTHS.map((period) => values.line(family, series, period)),
      );
      expect(whole).toStrictEqual(valueLines(family, FROM, TO));
    }),
    { numRuns: 25, seed: 5 },
  );
  expect(reused).toBeGreaterThan(500);
});
