import { describe, expect, it } from 'vitest';
import file from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import type { MethodFile } from './method-file.ts';
import { countedIn, mayTellAgain } from './running-crowd.ts';
import { contractOf, factsFrom, foldAll, methodWith, registered } from './testing-market.ts';

const METHOD = methodWith(file as MethodFile, {});
const NOTHING = new Map();

const marketOf = (...contracts: ReturnType<typeof contractOf>[]) =>
  foldAll(METHOD, factsFrom(1, contracts.map(registered)));
const countedOf = (...contracts: ReturnType<typeof contractOf>[]) =>
  countedIn(marketOf(...contracts), '2026-04');

const mayTell = (before: ReturnType<typeof countedOf>, after: ReturnType<typeof countedOf>) =>
  mayTellAgain(marketOf(), null, before, after);

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((id) => contractOf(id));
if (!A || !B || !C || !D) throw new Error('four contracts');

describe('the running month is told anew', () => {
  it('when three contracts of three sellers and buyers have come, and not when two have', () => {
    expect(mayTell(NOTHING, countedOf(A, B))).toBe(false);
    expect(mayTell(NOTHING, countedOf(A, B, C))).toBe(true);
  });

  it('not when what changed since is one contract, however many stand', () => {
    const before = countedOf(A, B, C);
    expect(mayTell(before, new Map([...before, ['d', D]]))).toBe(false);
    expect(mayTell(before, before)).toBe(false);
  });

  it('not when one left or was amended alone, but when it is one of three', () => {
    const before = countedOf(A, B, C);
    const without = new Map([...before].filter(([id]) => id !== 'a'));
    expect(mayTell(before, without)).toBe(false);
    const amended = new Map([...before].map(([id, one]) => [id, { ...one }]));
    expect(mayTell(before, amended)).toBe(true);
    expect(mayTell(before, new Map([...before, ['a', { ...A }]]))).toBe(false);
  });

  it('not by contracts outside the universe, nor by one that dwarfs the others', () => {
    const related = { ...C, relatedParty: true };
    expect(mayTell(NOTHING, countedOf(A, B, related))).toBe(false);
    const large = contractOf('e', { technologyValueFen: 10_000_000_000_000n });
    expect(mayTell(NOTHING, countedOf(A, B, large))).toBe(false);
  });
});
