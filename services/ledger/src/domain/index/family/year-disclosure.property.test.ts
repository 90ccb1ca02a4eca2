import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import given from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import type { MethodFile } from './method-file.ts';
import { playActs } from './random-market.ts';
import { isZero, minus, over, type Rational, rational, times, ZERO } from './rational.ts';
import { codeOf, SUM } from './suppression-table.ts';
import { factsFrom, foldAll, shortMethod } from './testing-market.ts';
import { yearDisclosure } from './year-disclosure.ts';
import { tallyAt, type YearGrid, yearGrids } from './year-table.ts';

const file = given as MethodFile;
vi.setConfig({ testTimeout: 60_000 });

/** Contracts of one year, few or many, so that some cells are crowds and others are not. */
const trades = fc.array(
  randomAct.map((act) => ({ ...act, does: 'register' as const, month: act.month % 3 })),
  { minLength: 5, maxLength: 200, size: 'max' },
);

type Equation = Map<string, Rational>;

/** The sums of a table as equations in what is hidden; shared sums have one name in both tables. */
const equationsOf = (grid: YearGrid, hidden: ReadonlyMap<string, unknown>, name: string) => {
  const { rows, columns } = grid;
  const known = (code: string): string => (code.endsWith(`|${SUM}`) ? code : `${name} ${code}`);
  const equation = (parts: readonly string[], sum: string): Equation =>
    new Map(
      [...parts, sum]
        .filter((code) => hidden.has(code))
        .map((code) => [known(code), rational(code === sum ? -1n : 1n)]),
    );
  const across = [...rows, SUM].map((row) =>
    equation(
      columns.map((column) => codeOf(row, column)),
      codeOf(row, SUM),
    ),
  );
  const down = [...columns, SUM].map((column) =>
    equation(
      rows.map((row) => codeOf(row, column)),
      codeOf(SUM, column),
    ),
  );
  return [...across, ...down];
};

/** Reduced by Gauss and Jordan in exact fractions: what stands alone in a row is solved. */
const solvedIn = (equations: readonly Equation[]): string[] => {
  const rows = equations.filter((one) => one.size > 0).map((one) => new Map(one));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const done: Equation[] = [];
  for (const name of names) {
    const pivot = rows.find((row) => row.has(name));
    if (!pivot) continue;
    rows.splice(rows.indexOf(pivot), 1);
    for (const row of [...rows, ...done]) {
      const share = row.get(name);
      if (!share) continue;
      const factor = over(share, pivot.get(name) ?? ZERO);
      for (const [other, value] of pivot) {
        const left = minus(row.get(other) ?? ZERO, times(factor, value));
        if (isZero(left)) row.delete(other);
        else row.set(other, left);
      }
    }
    done.push(pivot);
  }
  return done.filter((row) => row.size === 1).flatMap((row) => [...row.keys()]);
};

it('finds what is solvable: a cell alone in its row is, two in a row and column are not', () => {
  const one = (...codes: string[]): Equation => new Map(codes.map((code) => [code, rational(1n)]));
  expect(solvedIn([one('a', 'b'), one('b')])).toStrictEqual(['a', 'b']);
  expect(solvedIn([one('a', 'b'), one('c', 'd'), one('a', 'c'), one('b', 'd')])).toStrictEqual([]);
});

it('no hidden amount of a year can be solved from both tables, and none shown fails the rule', () => {
  let [hiding, showing] = [0, 0];
  fc.assert(
    fc.property(trades, (acts) => {
      const { happenings } = playActs(acts);
      const family = foldAll(shortMethod(file, 9_999, '0'), factsFrom(1, happenings));
      const grids = yearGrids(family, 2025);
      const hidden = yearDisclosure(grids, file.disclosure);
      const equations = (['district-field', 'flows'] as const).flatMap((table) =>
        equationsOf(grids[table], hidden[table], table),
      );
      expect(solvedIn(equations)).toStrictEqual([]);
      for (const table of ['district-field', 'flows'] as const) {
        const grid = grids[table];
        for (const [code, { contracts, sellers, buyers, rawFen }] of grid.tallies) {
          if (hidden[table].has(code)) hiding += 1;
          else if (rawFen > 0n) {
            showing += 1;
            expect(Math.min(contracts, sellers, buyers)).toBeGreaterThanOrEqual(3);
          }
        }
        for (const row of [...grid.rows, SUM]) {
          const code = codeOf(row, SUM);
          expect(hidden.flows.has(code)).toBe(hidden['district-field'].has(code));
        }
        expect(tallyAt(grid, 'nowhere', SUM).units).toBe(0);
      }
    }),
    { numRuns: 400, seed: 32 },
  );
  expect(hiding).toBeGreaterThan(1_000);
  expect(showing).toBeGreaterThan(200);
});
