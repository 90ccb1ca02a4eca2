import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS } from '@jishi/contracts/problem';
import { describe, expect, it } from 'vitest';
import {
  findAll,
  problemSectionProblems,
  RULES,
  readmeProblems,
  type SourceFile,
} from './rules.ts';

const root = join(import.meta.dirname, '..', '..');
const BINARY = /\.(png|ico|woff2?|otf|ttf|pdf|xlsx|gz|br)$/;

/** What is or will be committed: tracked files and new ones that are not ignored. */
const projectFiles = (): SourceFile[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  })
    .split('\0')
    .filter((path) => path && !BINARY.test(path))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(root, path), 'utf8') }];
      } catch {
        // Deleted since the last commit.
        return [];
      }
    });

const long = (count: number): string => `${'const a = 1;\n'.repeat(count)}`;

/** For each rule what it must find, and its nearest neighbour that it must not. */
const PLANTED: Readonly<Record<string, { bad: SourceFile; good: SourceFile }>> = {
  'file-length': {
    bad: { path: 'a.ts', text: long(251) },
    good: { path: 'a.ts', text: long(250) },
  },
  'line-length': {
    bad: { path: 'a.ts', text: 'x'.repeat(101) },
    good: { path: 'a.ts', text: `${'x'.repeat(100)}\nexpect('${'x'.repeat(99)}');` },
  },
  'folder-names': {
    bad: { path: 'services/ledger/src/utils/a.ts', text: '' },
    good: { path: 'services/ledger/src/commonwealth/a.ts', text: '' },
  },
  'leftover-markers': {
    bad: { path: 'a.md', text: '// TODO later' },
    good: { path: 'a.md', text: 'TODOS' },
  },
  'machine-paths': {
    bad: { path: 'a.md', text: 'see /home/me/x' },
    good: { path: 'a.md', text: 'see docs/home/me/x' },
  },
  emoji: {
    bad: { path: 'a.ts', text: "'\u{1F680}'" },
    good: { path: 'a.ts', text: "'技市 ¥ →'" },
  },
  'skipped-tests': {
    bad: { path: 'a.test.ts', text: 'it.skip(' },
    good: { path: 'a.test.ts', text: 'it.each(' },
  },
  'silenced-types': {
    bad: { path: 'a.ts', text: '// @ts-ignore: it works' },
    good: { path: 'a.ts', text: '// types ignore it' },
  },
  barrels: {
    bad: { path: 'src/index.ts', text: "export { a } from './a.ts';" },
    good: { path: 'src/index.ts', text: 'export const a = 1;' },
  },
};

describe('the project is tidy', () => {
  it('in every file', () => {
    const files = projectFiles();
    expect(files.length).toBeGreaterThan(100);
    const found = findAll(files).map(({ path, line, rule }) => `${path}:${line} ${rule}`);
    expect(found).toStrictEqual([]);
  });

  it.each(Object.keys(RULES))('and %s would be found', (name) => {
    const planted = PLANTED[name];
    const rule = RULES[name];
    if (!planted || !rule) throw new Error(`no planted case for ${name}`);
    expect(rule(planted.bad)).toHaveLength(1);
    expect(rule(planted.good)).toStrictEqual([]);
  });
});

describe('the README', () => {
  it('has both commands in its first screen', () => {
    expect(readmeProblems(readFileSync(join(root, 'README.md'), 'utf8'))).toStrictEqual([]);
  });

  it('would be found without one, or with one too far down', () => {
    const both = 'npx -y pnpm@10 start\nnpx -y pnpm@10 test\n';
    expect(readmeProblems(both)).toStrictEqual([]);
    expect(readmeProblems('npx -y pnpm@10 start')).toStrictEqual(['npx -y pnpm@10 test']);
    expect(readmeProblems(`${'\n'.repeat(39)}${both}`)).toStrictEqual(['npx -y pnpm@10 test']);
  });
});

describe('docs/problems.md', () => {
  const types = Object.keys(PROBLEMS);

  it('has a section for each problem type and no other', () => {
    const page = readFileSync(join(root, 'docs/problems.md'), 'utf8');
    expect(problemSectionProblems(types, page)).toStrictEqual([]);
  });

  it('would be found with one missing or one too many', () => {
    expect(problemSectionProblems(['a', 'b'], '## a\n\n## c\n')).toStrictEqual([
      'no section b',
      'no type c',
    ]);
  });
});
