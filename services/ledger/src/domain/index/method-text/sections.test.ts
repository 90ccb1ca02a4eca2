import { expect, it } from 'vitest';
import file from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { readMethod } from '../family/method.ts';
import { methodSections } from './sections.ts';
import { numberText, wanText, yuanText } from './words.ts';

const sections = methodSections(readMethod(file));
const textOf = (of: ReturnType<typeof methodSections>, id: string): string => {
  const section = of.find((one) => one.id === id);
  if (!section) throw new Error(`no section ${id}`);
  const words = section.paragraphs.flatMap(({ zh, en }) => [zh, en]);
  return [...words, section.formula ?? ''].join('\n');
};

it('every section has a title and words in both languages, and an id of its own', () => {
  expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
  for (const { title, paragraphs } of sections) {
    for (const { zh, en } of [title, ...paragraphs]) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/[A-Za-z]/);
    }
  }
});

it('says the effective elasticities: count .55, price .40, mix .30 on top of B and C', () => {
  expect(textOf(sections, 'composite')).toContain('count 0.55, price 0.4, mix 0.3');
});

/** Another file: each number of it has to turn up in the words, or it was written by hand. */
const other = (() => {
  const changed = structuredClone(file) as typeof file;
  const edition = changed.editions[0];
  if (!edition) throw new Error('no edition');
  edition.weights = { S: '0.11', A: '0.22', B: '0.33', C: '0.14', P: '0.20' };
  edition.cap = { percentile: '0.975', stepFen: '70000000' };
  edition.minEvidence = '17';
  edition.shrink.state = { kx: '41', kh: '42', kT: '43', kP: '44' };
  changed.windows = { city: '1', cityLong: '24', cell: '6' };
  changed.disclosure = {
    ...{ minContracts: '31', minSellers: '32', minBuyers: '33', pPercent: '34' },
    ...{ lowSample: '35', secondaryPercent: '36', minPublished: '37' },
  };
  changed.grades = { A: { units: '51', parties: '52' }, B: { units: '53' }, C: { units: '54' } };
  changed.calendar = { ...changed.calendar, firstReleaseWorkingDays: '61' };
  changed.stateAverage = '200';
  return methodSections(readMethod(changed));
})();

it.each([
  ['composite', ['S 0.11', 'A 0.22', 'B 0.33', 'C 0.14', 'P 0.2', 'count 0.33', 'price 0.31']],
  ['unit', ['97.5', '70 万元', '¥700,000']],
  ['components', ['17']],
  ['state', ['200', '41', '42', '43', '44']],
  ['windows', ['24', '6 rolling']],
  ['disclosure', ['31', '32', '33', '34', '35', '36', '37']],
  ['grades', ['51', '52', '53', '54']],
  ['chain', ['61']],
  ['revisions', ['61']],
])('the numbers of %s come from the file', (id, numbers) => {
  for (const number of numbers) expect(textOf(other, id)).toContain(number);
});

it('writes numbers exactly: short decimals, else fractions', () => {
  expect(numberText({ top: 11n, bottom: 20n })).toBe('0.55');
  expect(numberText({ top: 2n, bottom: 3n })).toBe('2/3');
  expect(numberText({ top: 1n, bottom: 100_000n })).toBe('1/100000');
  expect(wanText(10_000_000n)).toBe('10');
  expect(yuanText(10_000_000n)).toBe('¥100,000');
});
