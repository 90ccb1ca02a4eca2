import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PublishedContent } from '@jishi/contracts/ledger/published-content';
import { Refusal } from '@jishi/contracts/problem';
import { canonicalJson } from '@jishi/ledger/domain/index/canonical-json';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import golden from './golden-publication.json' with { type: 'json' };
import { recomputePublished } from './published.ts';

/** A publication as the ledger answered it once, word for word: it must hold for ever. */
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Json = { [key: string]: unknown };

/** The golden answer with one place changed; the hash goes along where the forger thinks of it. */
const forged = (
  path: readonly (string | number)[],
  value: unknown,
  isHashKept: boolean,
): string => {
  const answer = structuredClone(golden) as unknown as Json & { content: Json };
  const target = path.slice(0, -1).reduce((at, key) => (at as Json)[key] as Json, answer.content);
  (target as Json)[path.at(-1) ?? ''] = value;
  const contentHash = isHashKept
    ? golden.contentHash
    : sha256(canonicalJson(JSON.parse(JSON.stringify(answer.content))));
  return JSON.stringify({ ...answer, contentHash });
};

const content = PublishedContent.parse(golden.content);
const at = (series: string): number => content.values.findIndex((one) => one.series === series);

it('recomputes every shown string, and finds nothing else', () => {
  const { lines, problems } = recomputePublished(JSON.stringify(golden), sha256);
  expect(problems).toEqual([]);
  const printed = lines.slice(1).map((line) => JSON.parse(line) as Json);
  const shown = content.values.filter(({ value }) => value !== null);
  expect(printed).toEqual(
    shown.map(({ series, value, sub, state, grade, flags }) => ({
      ...{ series, value, sub, state, grade, flags },
    })),
  );
  expect(printed.map(({ series, value }) => `${series} ${value}`)).toMatchInlineSnapshot(`
    [
      "city 1239.32",
      "city@12 1014.10",
      "district:gusu 1278.25",
      "industry:M 1278.25",
      "field:electronics 1048.47",
      "field:materials 1214.36",
    ]
  `);
});

it('takes the content by itself, without a hash to compare', () => {
  expect(recomputePublished(JSON.stringify(golden.content), sha256).problems).toEqual([]);
});

describe('one altered digit is told, though the hash was made anew', () => {
  const gusu = at('district:gusu');
  const own = content.values[gusu];
  const city = content.contributions?.after.primitives;
  it.each([
    ['a value', ['values', gusu, 'value'], '1278.26', 'district:gusu: value'],
    ['a sub-index', ['values', gusu, 'sub', 'B'], '1.00', 'district:gusu: sub.B'],
    ['a state index', ['values', gusu, 'state'], '99.99', 'district:gusu: state'],
    ['a grade', ['values', gusu, 'grade'], 'C', 'district:gusu: grade'],
    ['a flag', ['values', gusu, 'flags'], ['held:C'], 'district:gusu: flags'],
    ['a chain gap', ['values', gusu, 'chainGapPercent'], '0.01', 'gusu: chainGapPercent'],
    ['a count', ['values', gusu, 'primitives', 'units'], 12, 'district:gusu: value'],
    ['a fraction', ['values', gusu, 'primitives', 'participants'], '23/2', 'gusu: sub.B'],
    ['a price', ['values', gusu, 'primitives', 'lnPrice'], `0.1${'0'.repeat(39)}`, 'sub.P'],
    ['a reference', ['reference', 'district:gusu', 'hazard'], '1/9', 'district:gusu: sub.C'],
    ['a level', ['reference', 'city', 'lnLevel'], `6.9${'0'.repeat(39)}`, 'city: value'],
    ['a weight', ['parameters', 'editions', 0, 'weights', 'S'], '0.31', 'weights-not-one'],
    ['a prior', ['parameters', 'editions', 0, 'shrink', 'cell', 'kh'], '90', 'gusu: sub.C'],
    ['a link year', ['method', 'linkYear'], 2027, 'content: method.linkYear'],
    ['a version', ['method', 'version'], '1.0.1', 'content: method.version'],
    ['the city’s window', ['cityWindows', 0, 'primitives', 'units'], 40, 'gusu: state'],
    [
      'a hidden value',
      ['values', at('district:kunshan'), 'value'],
      '1000.00',
      'district:kunshan: hidden',
    ],
    [
      'a missing reason',
      ['values', at('district:kunshan'), 'hidden'],
      null,
      'district:kunshan: reason',
    ],
    ['a missing series', ['values'], content.values.slice(1), 'content: values'],
    [
      'a contribution',
      ['contributions', 'tables', 1, 'lines', 0, 'total'],
      '0.5',
      'contributions:',
    ],
    [
      'the month before',
      ['contributions', 'before', 'primitives', 'cappedFen'],
      '999999999',
      'contributions: component',
    ],
    [
      'the value of the month before',
      ['contributions', 'before', 'value'],
      '1.00',
      'contributions: component.ends',
    ],
  ] as const)('%s', (_, path, value, told) => {
    expect([own, city].every((one) => one !== undefined)).toBe(true);
    const found = (() => {
      try {
        return recomputePublished(forged(path, value, false), sha256).problems;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return (error.detail.fields ?? []).map(({ field, rule }) => `${field}: ${rule}`);
      }
    })();
    expect(found.join('\n')).toContain(told);
  });
});

it('whatever else is altered does not give the hash', () => {
  const { head } = content;
  for (const [path, value] of [
    [['head', 'seq'], head.seq + 1],
    [['logRoot'], '0'.repeat(64)],
    [['vintage'], 2],
    [['values', 0, 'primitives', 'daysLogSum'], '1'],
  ] as const) {
    const { problems } = recomputePublished(forged(path, value, true), sha256);
    expect(problems[0]).toContain('content-hash');
  }
  const other = JSON.stringify({ ...golden, period: '2026-03' });
  expect(recomputePublished(other, sha256).problems).toEqual([
    expect.stringContaining('content: period'),
  ]);
});

it.each([
  ['not JSON', '{', 'published', 'json'],
  ['a list', '[]', 'published', 'publication-form'],
  ['something else', '{"content":{"period":"2026-13"}}', 'period', 'publication-form'],
  ['no hash', JSON.stringify({ content: golden.content }), 'contentHash', 'hash-form'],
])('refuses %s by its field', (_, text, field, rule) => {
  const read = (): unknown => recomputePublished(text, sha256);
  expect(read).toThrow(Refusal);
  try {
    read();
  } catch (error) {
    expect((error as Refusal).detail.fields?.[0]).toMatchObject({ field, rule });
  }
});

describe('the command', () => {
  let folder = '';
  const run = (...more: string[]) =>
    promisify(execFile)(process.execPath, [
      ...['--import', 'tsx', join(import.meta.dirname, 'main.ts'), ...more],
    ]);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'published-'));
    const path = ['values', at('city'), 'value'] as const;
    await writeFile(join(folder, 'altered.json'), forged(path, '1.00', false));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('prints the strings and ends with 0; with 1 and the series where one differs', async () => {
    const good = await run('--published', join(import.meta.dirname, 'golden-publication.json'));
    expect(good.stdout.split('\n')[1]).toContain('"series":"city"');
    expect(good.stderr).toMatch(/^\d+ 个公布值与所附原始数一致/);
    const bad = run('--published', join(folder, 'altered.json'));
    await expect(bad).rejects.toMatchObject({ code: 1 });
    await expect(bad).rejects.toHaveProperty('stderr', expect.stringContaining('city: value'));
    const mixed = run('--published', join(folder, 'altered.json'), '--as-of', '3');
    await expect(mixed).rejects.toMatchObject({ code: 2, stdout: '' });
  }, 60_000);
});
