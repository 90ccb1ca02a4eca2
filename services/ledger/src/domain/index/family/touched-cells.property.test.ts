import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import file from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import { applyToFamily } from './family.ts';
import { emptyFamily } from './family-state.ts';
import type { MethodFile } from './method-file.ts';
import { playActs } from './random-market.ts';
import { contractOf, factsFrom, registered, shortMethod } from './testing-market.ts';
import { watchCells } from './touched-cells.ts';
import { valueLines } from './value-lines.ts';

vi.setConfig({ testTimeout: 180_000 });
const acts = fc.array(randomAct, { minLength: 20, maxLength: 40 });
const [FROM, TO] = ['2026-01', '2026-03'];

/** The change index of every series and month, by cell and month. */
const valuesOf = (lines: ReturnType<typeof valueLines>): Map<string, string | null> =>
  new Map(lines.map(({ series, period, value }) => [`${series} ${period}`, value]));

const cellOf = (key: string): string => (key.split(' ')[0] ?? '').replace(/@.*/, '');

it('names every cell whose value an event moves, whether it was asked for before or not', () => {
  fc.assert(
    fc.property(acts, fc.boolean(), (given, asked) => {
      const facts = factsFrom(1, playActs(given).happenings);
      // Linked early, so that the events after it are compared under one reference.
      const method = shortMethod(file as MethodFile, Math.ceil(facts.length / 3), '0');
      const family = emptyFamily(method);
      const other = emptyFamily(method);
      for (const fact of facts) {
        const isLinked = family.references.size > 0;
        const before = valuesOf(valueLines(family, FROM, TO));
        // The one is asked for values between events, the other never: it has no views.
        const [first, second] = [family, other].map(({ market }) =>
          watchCells(market, fact, method.windows.cell),
        );
        applyToFamily(family, fact);
        applyToFamily(other, fact);
        const touched = asked ? first?.() : second?.();
        const after = valuesOf(valueLines(family, FROM, TO));
        if (!isLinked) continue;
        const moved = [...after].filter(([key, value]) => before.get(key) !== value);
        for (const [key] of moved) expect([...(touched ?? [])]).toContain(cellOf(key));
      }
    }),
    { numRuns: 25, seed: 5 },
  );
});

it('names the cells of a contract and no others, and none for an event that moves nothing', () => {
  const method = shortMethod(file as MethodFile, 1, '0');
  const family = emptyFamily(method);
  const elsewhere = contractOf('c0', {
    district: 'sip',
    industryCode: 'C',
    fieldCode: 'materials',
  });
  const contract = contractOf('c1', { district: 'gusu', industryCode: 'M' });
  const [first, second, third] = factsFrom(1, [
    registered(elsewhere),
    registered(contract),
    { kind: 'other' },
  ]);
  if (!first || !second || !third) throw new Error('three facts');
  applyToFamily(family, first);
  const touched = watchCells(family.market, second, 3);
  applyToFamily(family, second);
  const cells = ['city', 'district:gusu', 'field:electronics', 'industry:M'];
  expect([...touched()].sort()).toStrictEqual(cells);
  expect(watchCells(family.market, third, 3)().size).toBe(0);
});
