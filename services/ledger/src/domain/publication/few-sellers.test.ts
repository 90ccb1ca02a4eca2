import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_EQUATIONS, searching, told } from './equations.ts';
import { fewSellerSums } from './few-sellers.ts';
import { learn, PRIME, type RowSpace, type Vector } from './row-space.ts';
import { type Equation, follows, knownCombinations } from './testing-combinations.ts';

const CROWD = 5;
const FEW = { below: CROWD, most: 2 * CROWD };

/** Names of unknowns: a contract, and which of its versions. */
type Sum = readonly string[];

const contractOf = (name: string): string => name.split(' ')[0] ?? '';

const signed = (times: number): bigint => BigInt(2 * times > PRIME ? times - PRIME : times);

/** What the search finds, sum by sum. Unknowns that no sum tells apart are one column. */
const search = (sums: readonly Sum[]): readonly Equation[] => {
  const columns = new Map<string, string[]>();
  for (const name of new Set(sums.flat())) {
    const key = sums.map((sum) => Number(sum.includes(name))).join('');
    columns.set(key, [...(columns.get(key) ?? []), name]);
  }
  const members = [...columns.values()];
  const contractsOf = (column: number) => [...new Set(members[column]?.map(contractOf))];
  const of = { contractsOf, sellersOf: contractsOf };
  const found: Vector[] = [];
  let space: RowSpace = [];
  for (const sum of sums) {
    const whole = members.flatMap(([name], i) => (name && sum.includes(name) ? [i] : []));
    const vector = new Map(whole.map((i) => [i, 1]));
    const learned = learn(space, vector, (column) => members[column]?.length ?? 0);
    if (!learned) continue;
    found.push(...fewSellerSums(space, learned.space, of, FEW));
    space = learned.space;
  }
  return found.map(
    (vector) =>
      new Map(
        [...vector].flatMap(([column, times]) =>
          (members[column] ?? []).map((name) => [name, signed(times)] as const),
        ),
      ),
  );
};

const textOf = (equation: Equation): string =>
  [...new Set([...equation.keys()].map(contractOf))].sort().join(' & ');

/** As contracts alone. */
const foundIn = (sums: readonly Sum[]): readonly string[] =>
  [...new Set(search(sums).map(textOf))].sort();

const sum = (letters: string): Sum => [...letters];

test('what follows of up to four contracts is found; five are nobody’s concern', () => {
  expect(foundIn([sum('abcdef'), sum('bcdef')])).toEqual(['a']);
  expect(foundIn([sum('abcdefgh'), sum('efghijkl')])).toEqual([]);
  expect(foundIn([sum('abefghij'), sum('cdefghij')])).toEqual(['a & b & c & d']);
  expect(foundIn([sum('abxefghij'), sum('cdefghij')])).toEqual([]);
  const across = [sum('abefghij'), sum('efghijklmn'), sum('cdklmnopqr'), sum('klmnopqr')];
  expect(foundIn(across)).toEqual(['c & d']);
});

test('versions of a contract are one: all that is known of four amended ones is found', () => {
  const before = sum('abcdefghij');
  const after = before.map((name) => ('abcd'.includes(name) ? `${name} anew` : name));
  expect(foundIn([before, after])).toEqual(['a & b & c & d']);
  const five = before.map((name) => ('abcde'.includes(name) ? `${name} anew` : name));
  expect(foundIn([before, five])).toEqual([]);
});

test('the first and the third version of one contract, beside three others', () => {
  const before = sum('abcdefghij');
  const between = ['a anew', ...sum('klmnop')];
  const after = before.map((name) => {
    if (name === 'a') return 'a again';
    return 'bcd'.includes(name) ? `${name} anew` : name;
  });
  // Each of the others is told beside five of its own, so that it is a column by itself.
  const apart = ['b', 'c', 'd', 'b anew', 'c anew'].map((name, i) => [
    name,
    ...sum('12345').map((digit) => `${i}${digit}`),
  ]);
  expect(foundIn([before, between, ...apart, after])).toEqual(['a & b & c & d']);
});

test('a contract that stands twice: two overlapping windows, less one of all months', () => {
  const [one, two, three] = [sum('abcdef'), sum('ghijk'), sum('lmno')];
  const told = [
    [...one, 'P', ...two, 'Q'],
    [...two, 'Q', ...three, 'R', 'S'],
    [...two, 'Q anew'],
    [...one, ...two, ...three, 'R anew'],
  ];
  expect(foundIn(told)).toEqual(['P & Q & R & S']);
});

/** Some months of a few contracts each, told again while contracts come, go and change. */
const history = fc.array(
  fc.record({
    from: fc.nat(3),
    months: fc.integer({ min: 1, max: 3 }),
    changes: fc.array(fc.tuple(fc.nat(23), fc.boolean()), { maxLength: 4 }),
  }),
  { minLength: 3, maxLength: 9 },
);

const CONTRACTS = Array.from({ length: 24 }, (_, i) => `c${i}`);

const play = (steps: typeof history extends fc.Arbitrary<infer S> ? S : never): readonly Sum[] => {
  const versions = CONTRACTS.map(() => 0);
  const standing = CONTRACTS.map(() => true);
  return steps.map(({ from, months, changes }) => {
    for (const [contract, isAmended] of changes) {
      if (isAmended) versions[contract] = (versions[contract] ?? 0) + 1;
      else standing[contract] = !standing[contract];
    }
    return CONTRACTS.flatMap((name, i) => {
      const month = i % 4;
      const isTold = standing[i] && month >= from && month < from + months;
      return isTold ? [`${name} ${versions[i]}`] : [];
    });
  });
};

test('told one after another as long as nothing small follows, nothing small is known', () => {
  const decided = { told: 0, refused: 0 };
  fc.assert(
    fc.property(history, (steps) => {
      const names: string[] = [];
      const numberOf = (name: string): number =>
        names.includes(name) ? names.indexOf(name) : names.push(name) - 1;
      const nameOf = (unknown: number): string => contractOf(names[unknown] ?? '');
      const few = { ...FEW, whose: { contractOf: nameOf, sellerOf: nameOf } };
      let equations = searching(NO_EQUATIONS, few);
      const sums: Sum[] = [];
      for (const sum of play(steps)) {
        const unknowns = sum.map(numberOf);
        const next = told(equations, new Map(unknowns.map((unknown) => [unknown, 1])));
        const isCrowd = (columns: readonly (readonly number[])[]): boolean =>
          new Set(columns.flat().map(nameOf)).size >= CROWD;
        const isTold = isCrowd([unknowns]) && next.solved.every(isCrowd);
        decided[isTold ? 'told' : 'refused'] += 1;
        if (!isTold) continue;
        equations = next.equations;
        sums.push(sum);
      }
      const known = sums.map((one) => new Map(one.map((name) => [name, 1n])));
      expect(knownCombinations(known, CROWD)).toEqual([]);
    }),
    // The search is bounded: a history in some ten thousands may be one too many.
    { numRuns: 500, seed: 20_261_130 },
  );
  expect(Math.min(decided.told, decided.refused)).toBeGreaterThan(200);
});

test('what is found follows indeed', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const sums = play(steps);
      const equations = sums.map((one) => new Map(one.map((name) => [name, 1n])));
      expect(search(sums).filter((one) => !follows(equations, one))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
