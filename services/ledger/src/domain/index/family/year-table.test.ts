import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import given from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { randomAct } from '../../../testing/random-acts.ts';
import type { MethodFile } from './method-file.ts';
import { playActs } from './random-market.ts';
import { codeOf, SUM } from './suppression-table.ts';
import {
  contractOf,
  factsFrom,
  foldAll,
  type Happening,
  registered,
  shortMethod,
  WAN,
} from './testing-market.ts';
import { isYearCell, yearCellOf } from './year-cells.ts';
import { tallyAt, yearGrids, yearIndex } from './year-table.ts';

const file = given as MethodFile;
const SETTINGS = { numRuns: 100, seed: 31 };
vi.setConfig({ testTimeout: 60_000 });

/** Three contracts in each of three months; the method's year is these three. */
const MONTHS = { 2025: ['2025-10', '2025-11', '2025-12'], 2026: ['2026-10', '2026-11', '2026-12'] };
const tradeOf = (year: 2025 | 2026, wan: bigint): Happening[] =>
  MONTHS[year].flatMap((month) =>
    [1, 2, 3].map((n) =>
      registered(
        contractOf(`${month}-${n}`, {
          registeredOn: `${month}-0${n}`,
          technologyValueFen: wan * WAN,
          ...{ sellerId: `s${n}`, buyerId: `b${n}` },
        }),
      ),
    ),
  );
const OVER = '2027-01-20T04:00:00.000Z';
const fold = (happenings: readonly Happening[], recordedAt = OVER) =>
  foldAll(shortMethod(file, 9, '3'), factsFrom(1, happenings, recordedAt));

describe('the index of district × field', () => {
  it('is 1000 in its own base, and moves with the cell as one window of the year', () => {
    const family = fold([...tradeOf(2025, 100n), ...tradeOf(2026, 200n)]);
    expect(yearIndex(family, 2025, 'gusu', 'electronics')?.value).toBe('1000.00');
    // S × 2 but for the cap of 100 万元, everything else as it was; C is held.
    expect(yearIndex(family, 2026, 'gusu', 'electronics')).toMatchObject({
      value: '1000.00',
      flags: expect.arrayContaining(['held:C']),
    });
    const fewer = fold([...tradeOf(2025, 100n), ...tradeOf(2026, 50n)]);
    // ln I = .30 · ln ½ + .10 · 9/(9 + 1) · ln ½ = ln ½ · .39, as κ_P of cells is 1 here.
    expect(yearIndex(fewer, 2026, 'gusu', 'electronics')?.value).toBe('763.13');
  });

  it('has no value in a running year, without a base, or with fewer units than it needs', () => {
    const all = [...tradeOf(2025, 100n), ...tradeOf(2026, 100n)];
    expect(
      yearIndex(fold(all, '2026-12-31T15:59:59.000Z'), 2026, 'gusu', 'electronics'),
    ).toBeNull();
    expect(
      yearIndex(fold(all, '2026-12-31T16:00:00.000Z'), 2026, 'gusu', 'electronics')?.value,
    ).toBe('1000.00');
    const other = contractOf('o', { registeredOn: '2026-11-01', district: 'sip' });
    const family = fold([...all, registered(other)]);
    expect(yearIndex(family, 2026, 'sip', 'electronics')?.reason).toBe('no-base');
    expect(yearIndex(family, 2024, 'gusu', 'electronics')?.reason).toBe('before-base');
    const reference = family.references.get(2026);
    const yearCells = [...(reference?.series.keys() ?? [])].filter(isYearCell);
    expect(yearCells).toStrictEqual([yearCellOf('gusu', 'electronics')]);
    const twoInBase = tradeOf(2025, 100n).slice(0, 2);
    const thin = foldAll(
      shortMethod(file, 2, '3'),
      factsFrom(1, [...twoInBase, ...all.slice(9)], OVER),
    );
    expect(yearIndex(thin, 2026, 'gusu', 'electronics')?.reason).toBe('no-base');
  });
});

describe('the tables of a year', () => {
  it('sum by rows, by columns and in all to the units of the year', () => {
    fc.assert(
      fc.property(fc.array(randomAct, { minLength: 5, maxLength: 50 }), (acts) => {
        const { happenings, standing } = playActs(acts);
        const family = foldAll(shortMethod(file, 9_999, '0'), factsFrom(1, happenings));
        const inYear = standing.filter(
          ({ registeredOn, relatedParty }) => registeredOn.startsWith('2025') && !relatedParty,
        );
        const value = inYear.reduce((sum, { technologyValueFen: fen }) => sum + fen, 0n);
        for (const grid of Object.values(yearGrids(family, 2025))) {
          const total = tallyAt(grid, SUM, SUM);
          expect([total.contracts, total.rawFen]).toStrictEqual([inYear.length, value]);
          for (const figure of ['contracts', 'units', 'rawFen'] as const) {
            const sum = (cells: readonly (readonly [string, string])[]): bigint =>
              cells.reduce((all, at) => all + BigInt(tallyAt(grid, ...at)[figure]), 0n);
            const { rows, columns } = grid;
            for (const row of [...rows, SUM]) {
              const whole = sum([[row, SUM]]);
              expect(sum(columns.map((column) => [row, column]))).toBe(whole);
            }
            for (const column of columns) {
              expect(sum(rows.map((row) => [row, column]))).toBe(sum([[SUM, column]]));
            }
          }
        }
      }),
      SETTINGS,
    );
  });

  it('have the same rows: an import stands with its domestic buyer on both sides', () => {
    const given_ = [
      contractOf('home', { registeredOn: '2025-11-02', district: 'sip', buyerRegion: 'kunshan' }),
      contractOf('away', { registeredOn: '2025-11-03', district: 'sip', buyerRegion: 'outside' }),
      contractOf('blind', { registeredOn: '2025-11-04', district: 'sip', buyerRegion: '' }),
      contractOf('import', { registeredOn: '2025-11-05', district: 'gusu', isImport: true }),
      contractOf('far', { registeredOn: '2025-11-06', district: 'outside' }),
    ];
    const { flows, 'district-field': fields } = yearGrids(fold(given_.map(registered)), 2025);
    expect(flows.columns).toStrictEqual(['gusu', 'kunshan', 'sip', 'outside', 'abroad', 'unknown']);
    expect(flows.rows).toStrictEqual(['gusu', 'kunshan', 'sip', 'outside']);
    const cells = [...flows.tallies.keys()].filter((code) => !code.includes(SUM)).sort();
    expect(cells).toStrictEqual([
      ...['gusu|gusu', 'outside|outside'],
      ...['sip|kunshan', 'sip|outside', 'sip|unknown'],
    ]);
    for (const row of flows.rows) {
      expect(flows.tallies.get(codeOf(row, SUM))).toStrictEqual(
        fields.tallies.get(codeOf(row, SUM)),
      );
    }
  });
});
