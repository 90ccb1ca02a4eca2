import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildConsole, consoleHash } from './console-build.ts';

let checkout: string;
const write = async (path: string, text: string): Promise<void> => {
  const file = join(checkout, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
};
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'jishi-console-'));
  await write('pnpm-lock.yaml', 'lock');
  await write('apps/console/src/a.tsx', 'a');
  await write('packages/contracts/src/b.ts', 'b');
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

it('the hash moves with names and bytes of sources, not with tests or built files', async () => {
  const first = await consoleHash(checkout);
  await write('apps/console/dist/x.js', 'built');
  await write('apps/console/src/a.test.tsx', 'test');
  expect(await consoleHash(checkout)).toBe(first);
  await write('apps/console/src/a.tsx', 'A');
  const second = await consoleHash(checkout);
  await write('packages/contracts/src/b.ts', 'B');
  const third = await consoleHash(checkout);
  await write('apps/console/src/c.tsx', '');
  expect(new Set([first, second, third, await consoleHash(checkout)]).size).toBe(4);
});

it('without a page there is nothing to build', async () => {
  expect(await buildConsole(checkout, checkout, () => {})).toBeNull();
});

it('what was built for these sources is used again, wherever it is kept', async () => {
  await write('apps/console/index.html', '<html>');
  const hash = await consoleHash(checkout);
  await write(`data/console/${hash}/index.html`, 'built');
  let builds = 0;
  const folder = await buildConsole(checkout, join(checkout, 'data'), () => {
    builds += 1;
  });
  expect({ folder, builds }).toStrictEqual({
    folder: join(checkout, 'data', 'console', hash),
    builds: 0,
  });
});
