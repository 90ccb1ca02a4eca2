import { FieldCode } from '@jishi/contracts/codes';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addWaiting, releaseFields, shownOf, type YearReleases } from './field-release.ts';
import { contractAt } from './testing-contracts.ts';

const rule = { minContracts: 3, minSellers: 3, minBuyers: 3 };
let seq = 0;
const add = (year: YearReleases, fieldCode: FieldCode, fen: bigint, times: number): YearReleases =>
  Array.from({ length: times }).reduce<YearReleases>(
    (all) => addWaiting(all, contractAt(++seq, { fieldCode, contractValueFen: fen }), rule),
    year,
  );
const shown = (year: YearReleases, code: FieldCode): bigint | null => shownOf(year.get(code));

test('a field is shown from three contracts of three sellers and three buyers', () => {
  expect(shown(releaseFields(add(new Map(), 'energy', 5n, 3), rule), 'energy')).toBe(15n);
  expect(shown(releaseFields(add(new Map(), 'energy', 5n, 2), rule), 'energy')).toBeNull();
  const oneBuyer = [1, 2, 3].reduce<YearReleases>(
    (year, i) => addWaiting(year, contractAt(i, { fieldCode: 'energy', buyerId: 'b' }), rule),
    new Map(),
  );
  expect(shown(releaseFields(oneBuyer, rule), 'energy')).toBeNull();
});

test('a field without contracts is shown as zero', () => {
  expect(shown(new Map(), 'nuclear')).toBe(0n);
});

test('when one field would be hidden alone, the smallest other one is hidden with it', () => {
  const one = add(add(add(new Map(), 'nuclear', 9n, 1), 'energy', 5n, 3), 'urban', 4n, 3);
  const year = releaseFields(one, rule);
  expect(shown(year, 'nuclear')).toBeNull();
  expect(shown(year, 'urban')).toBeNull();
  expect(shown(year, 'energy')).toBe(15n);
});

test('a hidden rest that is a crowd of its own needs nobody beside it', () => {
  const many = (['nuclear', 'urban', 'aerospace'] as const).reduce<YearReleases>(
    (year, code) => add(year, code, 9n, 1),
    add(new Map(), 'energy', 5n, 3),
  );
  const year = releaseFields(many, rule);
  expect(shown(year, 'energy')).toBe(15n);
  expect(shown(year, 'nuclear')).toBeNull();
});

test('a shown field does not move by one contract, only by a crowd', () => {
  const year = releaseFields(add(new Map(), 'energy', 5n, 4), rule);
  const later = releaseFields(add(year, 'energy', 7n, 2), rule);
  expect(shown(later, 'energy')).toBe(20n);
  expect(shown(releaseFields(add(later, 'energy', 7n, 1), rule), 'energy')).toBe(41n);
});

test('contracts that publish their value are no cover in a field either', () => {
  const open = { fieldCode: 'energy', contractValueFen: 4n, publishedValueFen: 4n } as const;
  const published = [101, 102].reduce<YearReleases>(
    (year, i) => addWaiting(year, contractAt(i, open), rule),
    new Map(),
  );
  expect(shown(releaseFields(published, rule), 'energy')).toBe(8n);
  expect(shown(releaseFields(add(published, 'energy', 5n, 2), rule), 'energy')).toBeNull();
  expect(shown(releaseFields(add(published, 'energy', 5n, 3), rule), 'energy')).toBe(23n);
});

test('over any history: what each step adds, and what it leaves hidden, is over a crowd', () => {
  const Step = fc.array(fc.constantFrom(...FieldCode.options.slice(0, 4)), {
    minLength: 3,
    maxLength: 9,
  });
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 8 }), (steps) => {
      let year: YearReleases = new Map();
      for (const step of steps) {
        // Each contract weighs one fen, so amounts count contracts; every party is another one.
        const waiting = step.reduce((all, code) => add(all, code, 1n, 1), year);
        const next = releaseFields(waiting, rule);
        for (const [code, field] of next) {
          const moved = field.shownFen - (year.get(code)?.shownFen ?? 0n);
          expect(moved === 0n || moved >= 3n).toBe(true);
        }
        const rest = [...next.values()].reduce((sum, field) => sum + field.waitingFen, 0n);
        expect(rest === 0n || rest >= 3n).toBe(true);
        year = next;
      }
    }),
    { numRuns: 60 },
  );
});
