import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Equations, NO_EQUATIONS, type Sum, searching, type Told, told } from './equations.ts';
import { EACH_ITS_OWN, type Few } from './whose.ts';

/** Sums of up to ten unknowns are looked for; each is a seller of its own. */
const FEW: Few = { below: 1, most: 10, whose: EACH_ITS_OWN };
/** Fewer unknowns than this must not be told of. */
const CROWD = 5;

const sum = (plus: readonly number[], minus: readonly number[] = []): Sum =>
  new Map([
    ...plus.map((unknown) => [unknown, 1] as const),
    ...minus.map((unknown) => [unknown, -1] as const),
  ]);
const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** The unknowns of the smallest sum that can be read now and could not before. */
const smallest = ({ solved }: Told): number =>
  Math.min(...solved.map((columns) => columns.flat().length));

test('a sum of four is seen in the difference of two large ones, whatever parts their columns', () => {
  const first = sum(upTo(0, 15));
  const across = sum(upTo(7, 11), upTo(16, 20));
  const known = [first, across].reduce((all, one) => told(all, one).equations, NO_EQUATIONS);
  // Without 10 and 14, with 21 and 22: first − second = 10 + 14 − 21 − 22.
  const second = sum([...upTo(0, 15).filter((one) => one !== 10 && one !== 14), 21, 22]);
  expect(smallest(told(searching(known, FEW), second))).toBe(4);
});

/** A month or two of some 24 unknowns, told again with a few that came or went: sums are alike. */
const anySum = fc
  .tuple(fc.nat(3), fc.nat(3), fc.uniqueArray(fc.nat(23), { maxLength: 4 }))
  .map(([one, other, moved]) => {
    const plain = new Set([one, other].flatMap((month) => upTo(6 * month, 6 * month + 7)));
    for (const unknown of moved) if (!plain.delete(unknown)) plain.add(unknown);
    return sum([...plain]);
  });

test('what is kept up by each sum refuses what a search begun anew refuses', () => {
  const decided = { told: 0, refused: 0 };
  fc.assert(
    fc.property(fc.array(anySum, { minLength: 4, maxLength: 14 }), (sums) => {
      let kept: Equations = searching(NO_EQUATIONS, FEW);
      let plain: Equations = NO_EQUATIONS;
      for (const one of sums) {
        const [ofKept, ofFresh] = [told(kept, one), told(searching(plain, FEW), one)];
        const isRefused = smallest(ofKept) < CROWD;
        expect(isRefused).toBe(smallest(ofFresh) < CROWD);
        decided[isRefused ? 'refused' : 'told'] += 1;
        if (isRefused) continue;
        kept = ofKept.equations;
        plain = told(plain, one).equations;
      }
    }),
    { numRuns: 400, seed: 20_261_130 },
  );
  expect(Math.min(decided.told, decided.refused)).toBeGreaterThan(100);
});
