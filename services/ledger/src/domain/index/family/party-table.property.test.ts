import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PartyTable, type PartyTally } from './party-table.ts';

const entries = (table: PartyTable): [number, PartyTally][] => {
  const all: [number, PartyTally][] = [];
  table.forEach((tally, number) => {
    all.push([number, tally]);
  });
  return all.sort(([a], [b]) => a - b);
};
const tally = (units: number): PartyTally => ({
  ...{ units, sold: units, bought: 0, cappedFen: 1n, rawFen: 2n },
});

it('holds what a map holds, after any changes', () => {
  const number = fc.oneof(fc.nat(40), fc.nat(5_000));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, fc.nat(3)), { maxLength: 400 }),
      fc.nat(300),
      (changes, room) => {
        const [table, map] = [new PartyTable(room), new Map<number, PartyTally>()];
        for (const [i, [key, does]] of changes.entries()) {
          if (does === 0) {
            table.delete(key);
            map.delete(key);
          } else {
            const set = tally(i);
            table.set(key, set);
            map.set(key, set);
          }
          expect(table.size).toBe(map.size);
        }
        expect(entries(table)).toStrictEqual([...map].sort(([a], [b]) => a - b));
        for (const [key] of changes) expect(table.get(key)).toBe(map.get(key));
      },
    ),
  );
});

it('tells the largest sums of two sellers as a look at all of them would, after any changes', () => {
  const amount = fc.constantFrom(0n, 1n, 2n, 3n, 5n, 8n);
  const change = fc.record({
    ...{ number: fc.nat(12), isGone: fc.boolean(), sold: fc.nat(1) },
    ...{ rawFen: amount, cappedFen: amount, asks: fc.constantFrom('raw', 'capped', null) },
  });
  const looked = (table: PartyTable, values: 'raw' | 'capped') =>
    entries(table)
      .filter(([, { sold }]) => sold > 0)
      .map(([, { rawFen, cappedFen }]) => (values === 'raw' ? rawFen : cappedFen))
      .sort((a, b) => Number(b - a));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 120 }), (changes) => {
      const table = new PartyTable();
      for (const { number, isGone, asks, ...one } of changes) {
        if (isGone) table.delete(number);
        else table.set(number, { ...one, units: 1, bought: 1 - one.sold });
        if (asks === null) continue;
        const { first, second } = table.largest(asks as 'raw' | 'capped');
        const [most = 0n, next = 0n] = looked(table, asks as 'raw' | 'capped');
        expect([first, second]).toStrictEqual([most, next]);
      }
    }),
    { numRuns: 500 },
  );
});
