import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Crowd, primaryReason } from './primary-disclosure.ts';
import { freedomOf, suppress } from './suppression.ts';
import { type Arc, crossTable, listTable, type SuppressionTable } from './suppression-table.ts';

const ROWS = ['a', 'b', 'c'];
const COLUMNS = ['x', 'y', 'z'];
const tableOf = (values: readonly number[]): SuppressionTable =>
  crossTable(ROWS, COLUMNS, (row, column) =>
    BigInt(values[ROWS.indexOf(row) * 3 + COLUMNS.indexOf(column)] ?? 0),
  );

const codesOf = ({ arcs }: SuppressionTable, chosen: readonly number[]): Set<string> =>
  new Set(chosen.flatMap((i) => arcs[i % 9]?.code ?? []));

/** Every table of whole numbers that the published cells and all sums allow. */
const possibleValues = (
  table: SuppressionTable,
  hidden: ReadonlySet<string>,
): Map<string, bigint[]> => {
  const interior = table.arcs.filter(({ kind }) => kind === 'interior');
  const margin = (row: string, column: string): bigint =>
    table.arcs.find((arc) => arc.row === row && arc.column === column)?.value ?? 0n;
  const found = new Map<string, bigint[]>();
  const at: bigint[] = [];
  const place = (i: number): void => {
    if (i === interior.length) {
      for (const [j, arc] of interior.entries()) {
        found.set(arc.code, [...(found.get(arc.code) ?? []), at[j] ?? 0n]);
      }
      return;
    }
    const arc = interior[i] as Arc;
    const sumWhere = (isIn: (one: Arc) => boolean): bigint =>
      at.reduce((sum, value, j) => (isIn(interior[j] as Arc) ? sum + value : sum), 0n);
    const rowLeft = margin(arc.row, '*') - sumWhere(({ row }) => row === arc.row);
    const columnLeft = margin('*', arc.column) - sumWhere(({ column }) => column === arc.column);
    const isRowEnd = arc.column === 'z';
    const isColumnEnd = arc.row === 'c';
    const [most = 0n] = [rowLeft, columnLeft].sort((a, b) => (a < b ? -1 : 1));
    const choices = hidden.has(arc.code)
      ? Array.from({ length: Number(most) + 1 }, (_, n) => BigInt(n))
      : [arc.value];
    for (const value of choices) {
      if (value > most) continue;
      if (isRowEnd && value !== rowLeft) continue;
      if (isColumnEnd && value !== columnLeft) continue;
      at.push(value);
      place(i + 1);
      at.pop();
    }
  };
  place(0);
  return found;
};

const values = fc.array(fc.nat(5), { minLength: 9, maxLength: 9 });

vi.setConfig({ testTimeout: 180_000 });

describe('what an attacker can infer', () => {
  it('is told exactly: the flow bounds are the extremes over all possible tables', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(8), { minLength: 1, maxLength: 7 }), (given, chosen) => {
        const table = tableOf(given);
        const hidden = codesOf(table, chosen);
        const possible = possibleValues(table, hidden);
        for (const arc of table.arcs.filter(({ code }) => hidden.has(code))) {
          const seen = [...(possible.get(arc.code) ?? [])].sort((a, b) => (a < b ? -1 : 1));
          const { up, down } = freedomOf(table, hidden, arc, 1_000n);
          expect(arc.value + up).toBe(seen.at(-1));
          expect(arc.value - down).toBe(seen[0]);
        }
      }),
      { numRuns: 120, seed: 3 },
    );
  });
});

describe('secondary suppression', () => {
  it('leaves no hidden cell solvable or known within ten per cent, unless all are hidden', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(8), { minLength: 1, maxLength: 4 }), (given, chosen) => {
        const table = tableOf(given.map((value) => value * 7));
        const hidden = suppress(table, codesOf(table, chosen), 10n);
        const isAllHidden = table.arcs.every(({ code, value }) => value === 0n || hidden.has(code));
        for (const arc of table.arcs.filter(({ code }) => hidden.has(code))) {
          const { up, down } = freedomOf(table, hidden, arc, 1_000n);
          if (isAllHidden) continue;
          expect(10n * up >= arc.value && 10n * down >= arc.value).toBe(true);
        }
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('hides a second part of a list, the smallest, and nothing where nothing is hidden', () => {
    const table = listTable(
      new Map([
        ['a', 50n],
        ['b', 20n],
        ['c', 30n],
        ['d', 0n],
      ]),
    );
    expect([...suppress(table, new Set(['*|a']), 10n)].sort()).toStrictEqual(['*|a', '*|b']);
    expect([...suppress(table, new Set(['*|b']), 10n)].sort()).toStrictEqual(['*|b', '*|c']);
    expect([...suppress(table, new Set(), 10n)]).toStrictEqual([]);
    expect([...suppress(table, new Set(['*|d']), 10n)]).toStrictEqual([]);
  });

  it('prefers a cell of the same row or column, then the smallest', () => {
    const table = tableOf([10, 40, 30, 20, 50, 60, 70, 80, 90]);
    const hidden = suppress(table, new Set(['a|x']), 10n);
    expect(hidden.has('b|x')).toBe(true);
    expect([...hidden].every((code) => !code.includes('*'))).toBe(true);
  });
});

describe('primary disclosure', () => {
  const rule = {
    ...{ minContracts: '3', minSellers: '3', minBuyers: '3' },
    ...{ pPercent: '10', lowSample: '20', secondaryPercent: '10' },
  };
  const crowd: Crowd = {
    ...{ contracts: 3, sellers: 3, buyers: 3 },
    ...{ totalFen: 160n, largestFen: 100n, secondFen: 50n },
  };

  it('asks three contracts, sellers and buyers, and ten per cent of the largest beside the two', () => {
    expect(primaryReason(crowd, rule)).toBeNull();
    expect(primaryReason({ ...crowd, contracts: 2 }, rule)).toBe('few-contracts');
    expect(primaryReason({ ...crowd, sellers: 2 }, rule)).toBe('few-sellers');
    expect(primaryReason({ ...crowd, buyers: 2 }, rule)).toBe('few-buyers');
    expect(primaryReason({ ...crowd, totalFen: 159n }, rule)).toBe('dominance');
    const nothing = { contracts: 0, sellers: 0, buyers: 0 };
    const none = { ...nothing, totalFen: 0n, largestFen: 0n, secondFen: 0n };
    expect(primaryReason(none, rule)).toBeNull();
  });

  it('never reveals a cell when a threshold is raised', () => {
    const whole = fc.nat(6);
    fc.assert(
      fc.property(whole, whole, whole, fc.tuple(whole, whole, whole), fc.nat(300), (...given) => {
        const [contracts, sellers, buyers, [a, b, c], rest] = given;
        const one = {
          ...{ contracts: contracts + 1, sellers, buyers, totalFen: BigInt(150 + rest) },
          ...{ largestFen: 100n, secondFen: 50n },
        };
        const raised = {
          ...{ minContracts: `${3 + a}`, minSellers: `${3 + b}`, minBuyers: `${3 + c}` },
          ...{ pPercent: `${10 + a}`, lowSample: '20', secondaryPercent: '10' },
        };
        if (primaryReason(one, rule) !== null) expect(primaryReason(one, raised)).not.toBeNull();
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});
