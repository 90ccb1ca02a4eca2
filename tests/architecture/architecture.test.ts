import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = join(root, '.dependency-cruiser.cjs');

interface Cruise {
  readonly modules: number;
  /** `<rule>: <from> -> <to>` */
  readonly violations: readonly string[];
}

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const cruise = (folder: string, places: readonly string[]): Promise<Cruise> =>
  new Promise((resolve, reject) => {
    const args = [program, '--config', config, '--output-type', 'json', ...places];
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 100_000_000 }, (error, output) => {
      // It exits with the number of violations; without output it did not run at all.
      if (!output) return reject(error);
      const { summary } = JSON.parse(output) as Report;
      resolve({
        modules: summary.totalCruised,
        violations: summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`),
      });
    });
  });

it('the import rules of docs/design.md §2 hold in the whole tree', async () => {
  const found = await cruise(root, ['packages', 'services', 'apps', 'seeds', 'tests']);
  expect(found.violations).toStrictEqual([]);
  // A parser that skips TypeScript would find no violation either.
  expect(found.modules).toBeGreaterThan(100);
}, 120_000);

/** Each rule with a file that breaks it. */
const PLANTED: readonly [rule: string, from: string, to: string][] = [
  ['ledger-shares-only-contracts', 'services/ledger/src/http/a.ts', 'services/market/src/b.ts'],
  ['market-shares-only-contracts', 'services/market/src/http/a.ts', 'services/subsidy/src/b.ts'],
  ['subsidy-shares-only-contracts', 'services/subsidy/src/http/a.ts', 'services/ledger/src/b.ts'],
  ['domain-is-pure', 'services/ledger/src/domain/a.ts', 'services/ledger/src/store/b.ts'],
  ['store-knows-no-http', 'services/ledger/src/store/c.ts', 'services/ledger/src/http/d.ts'],
  ['contracts-know-nobody', 'packages/contracts/src/a.ts', 'packages/runtime/src/b.ts'],
  ['runtime-knows-no-service', 'packages/runtime/src/c.ts', 'services/market/src/c.ts'],
];

describe('a planted violation is caught', () => {
  let planted: string;
  let found: Cruise;

  beforeAll(async () => {
    planted = await mkdtemp(join(tmpdir(), 'jishi-architecture-'));
    await symlink(join(root, 'node_modules'), join(planted, 'node_modules'));
    await writeFile(join(planted, 'tsconfig.json'), '{"compilerOptions":{"module":"NodeNext"}}');
    const write = async (path: string, text: string): Promise<void> => {
      await mkdir(join(planted, path, '..'), { recursive: true });
      await writeFile(join(planted, path), text);
    };
    for (const [, from, to] of PLANTED) {
      const up = '../'.repeat(from.split('/').length - 1);
      await write(from, `import { b } from '${up}${to}';\nexport const a = b;\n`);
      await write(to, 'export const b = 1;\n');
    }
    const cycle = 'services/market/src/process';
    await write(`${cycle}/x.ts`, "import { y } from './y.ts';\nexport const x = y;\n");
    await write(`${cycle}/y.ts`, "import { x } from './x.ts';\nexport const y = x;\n");
    await write('services/ledger/src/domain/fine.ts', 'export const fine = 1;\n');
    await write('services/ledger/src/http/fine.ts', "export { fine } from '../domain/fine.ts';\n");
    found = await cruise(planted, ['packages', 'services']);
  });
  afterAll(() => rm(planted, { recursive: true, force: true }));

  it.each(PLANTED)('%s', (rule, from, to) => {
    expect(found.violations).toContain(`${rule}: ${from} -> ${to}`);
  });

  it('no-cycles', () => {
    expect(found.violations.filter((v) => v.startsWith('no-cycles'))).not.toStrictEqual([]);
  });

  it('and what is allowed is not', () => {
    expect(found.violations.filter((v) => v.includes('fine.ts'))).toStrictEqual([]);
  });
});
