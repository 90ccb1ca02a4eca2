import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'jishi-data-'));
  await chmod(parent, 0o755);
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const asRoot = process.getuid?.() === 0;
const nobody = { name: 'nobody', as: asRoot ? { uid: 65_534, gid: 65_534 } : {} };

describe('the data folder', () => {
  it('is .data in the checkout, open enough for the database account to pass', async () => {
    const data = await openDataFolder(undefined, parent, nobody);
    expect(data).toMatchObject({ path: join(parent, '.data'), instead: undefined });
    expect((await stat(data.path)).mode & 0o777).toBe(0o755);
  });

  it('may be named, with folders that do not exist yet', async () => {
    const path = join(parent, 'a', 'b');
    expect((await openDataFolder(path, '/nowhere', nobody)).path).toBe(path);
  });

  it('lets in one start at a time', async () => {
    const first = await openDataFolder(parent, '/nowhere', undefined);
    await expect(openDataFolder(parent, '/nowhere', undefined)).rejects.toThrow(
      `PID ${process.pid}`,
    );
    await first.release();
    await expect(openDataFolder(parent, '/nowhere', undefined)).resolves.toBeDefined();
  });

  it('takes over the lock of a start that was killed, also when its number is in use', async () => {
    await writeFile(join(parent, 'launcher.lock'), `${process.pid} 1\n`);
    await openDataFolder(parent, '/nowhere', undefined);
    expect(await readFile(join(parent, 'launcher.lock'), 'utf8')).not.toBe(`${process.pid} 1\n`);
  });

  it('refuses a file in its place, and a file system without folders, by name', async () => {
    const file = join(parent, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'below'), '/proc/none/of/it']) {
      await expect(openDataFolder(path, '/nowhere', nobody)).rejects.toThrow(
        `DATA_DIR is not writable: ${path}`,
      );
    }
  });

  it('refuses a named folder that the database account cannot enter', async () => {
    const closed = join(parent, 'closed');
    await mkdir(closed, { mode: asRoot ? 0o700 : 0o600 });
    const path = join(closed, 'data');
    await expect(openDataFolder(path, '/nowhere', nobody)).rejects.toThrow('DATA_DIR');
  });
});
