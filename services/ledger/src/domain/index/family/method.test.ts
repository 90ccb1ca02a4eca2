import { Refusal } from '@jishi/contracts/problem';
import { describe, expect, it } from 'vitest';
import given from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { requireBaseData } from './family.ts';
import { editionText, readMethod } from './method.ts';
import type { EditionFile, MethodFile } from './method-file.ts';
import { contractOf, factsFrom, foldAll, methodWith, registered } from './testing-market.ts';

const file = given as MethodFile;
const [first] = file.editions;
if (!first) throw new Error('the parameter file has no edition');

const refusalOf = (act: () => unknown): readonly [string, string] => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [problem] = error.detail.fields ?? [];
    return [problem?.rule ?? '', problem?.field ?? ''];
  }
  throw new Error('nothing was refused');
};

const edition = (year: number, more: Partial<EditionFile> = {}): EditionFile => ({
  ...first,
  linkYear: `${year}`,
  effectiveFrom: `${year}-01-01`,
  effectiveTo: `${year + 1}-01-01`,
  ...more,
});
const withEditions = (...editions: EditionFile[]) => ({ ...file, editions });

describe('a parameter file', () => {
  it('is read when editions follow one another', () => {
    const method = readMethod(withEditions(edition(2026), edition(2027, { effectiveTo: null })));
    expect(method.editions.map(({ linkYear }) => linkYear)).toStrictEqual([2026, 2027]);
    expect(method.cells.district).toHaveLength(10);
    expect(method.cells.industry).toHaveLength(20);
    expect(method.cells.field).toHaveLength(11);
    expect(method.baseMonths).toHaveLength(12);
  });

  it.each([
    ['a gap', edition(2026), edition(2028), 'parameters-gap', 'editions[0].effectiveTo'],
    [
      'an overlap',
      edition(2026, { effectiveTo: '2027-01-02' }),
      edition(2027),
      'parameters-overlap',
      'editions[0].effectiveTo',
    ],
    [
      'an open edition before another',
      edition(2026, { effectiveTo: null }),
      edition(2027),
      'parameters-overlap',
      'editions[0].effectiveTo',
    ],
    [
      'an edition that begins within its year',
      edition(2026, { effectiveFrom: '2026-01-02' }),
      edition(2027),
      'edition-date',
      'editions[0].effectiveFrom',
    ],
  ])('with %s is refused', (_, one, two, rule, field) => {
    expect(refusalOf(() => readMethod(withEditions(one, two)))).toStrictEqual([rule, field]);
  });

  it('with weights that do not sum to one is refused, by the smallest amount', () => {
    const weights = { ...first.weights, S: '0.300000000000000001' };
    const wrong = withEditions({ ...first, weights });
    expect(refusalOf(() => readMethod(wrong))).toStrictEqual([
      'weights-not-one',
      'editions[0].weights',
    ]);
    const thirds = { S: '1/3', A: '1/3', B: '1/3', C: '0', P: '0.000' };
    expect(readMethod(withEditions({ ...first, weights: thirds })).editions).toHaveLength(1);
  });

  it('with a cell that does not exist, or twice, is refused', () => {
    const field = 'partitions.district[1]';
    const naming = (district: string[]) => ({
      ...file,
      partitions: { ...file.partitions, district },
    });
    expect(refusalOf(() => readMethod(naming(['sip', 'pudong'])))).toStrictEqual([
      'unknown-cell',
      field,
    ]);
    expect(refusalOf(() => readMethod(naming(['sip', 'sip'])))).toStrictEqual([
      'cell-twice',
      field,
    ]);
  });

  it('with a base that is turned round or ends elsewhere is refused', () => {
    for (const base of [
      { ...file.base, from: '2026-01' },
      { ...file.base, to: '2025-11' },
    ]) {
      const wrong = { ...file, base };
      expect(refusalOf(() => readMethod(wrong))).toStrictEqual(['base-span', 'base.to']);
    }
  });

  it('with a number that is no text is refused, naming the field', () => {
    const wrong = { ...file, stateAverage: 100 };
    expect(refusalOf(() => readMethod(wrong))).toStrictEqual(['parameters-form', 'stateAverage']);
    const inEdition = { ...first, weights: { ...first.weights, S: 0.3 } };
    expect(refusalOf(() => readMethod({ ...file, editions: [inEdition] }))).toStrictEqual([
      ...['parameters-form', 'editions[0].weights.S'],
    ]);
  });

  it('with a key that is no parameter is refused, naming the key', () => {
    const wrong = { ...file, base: { ...file.base, colour: 'red' } };
    expect(refusalOf(() => readMethod(wrong))).toStrictEqual(['parameters-form', 'base.colour']);
  });

  it.each([
    ...([
      ['0', '1'],
      ['1/2', '0'],
      ['1.01', '1'],
    ] as const),
  ])(
    'with a cap at percentile %s and step %s is refused, and at one and one it is read',
    (...cap) => {
      const capped = (percentile: string, stepFen: string) =>
        readMethod(withEditions({ ...first, cap: { percentile, stepFen } }));
      const field = cap[1] === '0' ? 'stepFen' : 'percentile';
      const rule = cap[1] === '0' ? 'parameters-form' : 'cap-percentile';
      expect(refusalOf(() => capped(...cap))).toStrictEqual([rule, `editions[0].cap.${field}`]);
      expect(capped('1', '1').editions).toHaveLength(1);
    },
  );
});

describe('a base year', () => {
  const method = methodWith(file, {}, { linkHead: '3', minEvidence: '3' });
  const baseContracts = (count: number) =>
    factsFrom(1, [
      ...Array.from({ length: count }, (_, i) =>
        registered(contractOf(`c${i}`, { registeredOn: '2025-03-01' })),
      ),
      ...Array.from({ length: 3 - count }, () => ({ kind: 'other' as const })),
    ]);

  it('with fewer units than the least evidence is refused', () => {
    const family = foldAll(method, baseContracts(2));
    expect(refusalOf(() => requireBaseData(family))).toStrictEqual([
      'base-without-data',
      'base.from',
    ]);
  });

  it('with just enough is taken', () => {
    expect(() => requireBaseData(foldAll(method, baseContracts(3)))).not.toThrow();
  });
});

it('the hashed text holds one edition with its reference, and changes with any number', () => {
  const method = readMethod(file);
  const text = editionText(method, 2026, null);
  expect(text).toContain('"edition":{');
  expect(text).not.toContain('"editions"');
  const other = readMethod({ ...file, stateAverage: '101' });
  expect(editionText(other, 2026, null)).not.toBe(text);
  expect(() => editionText(method, 2027, null)).toThrow('no edition for 2027');
});
