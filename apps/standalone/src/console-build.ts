import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { StartRefused } from '@jishi/runtime/config';

/** What the built console depends on, relative to the checkout. */
const SOURCES = ['apps/console', 'packages/contracts/src', 'pnpm-lock.yaml'];
const IGNORED = /^(node_modules|dist|\.data|\.cache)$|\.test\.tsx?$/;
const OUTPUT_LINES_KEPT = 5;

const filesBelow = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (!entries) return [path];
  const below = entries
    .filter((entry) => !IGNORED.test(entry.name))
    .map((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(child) : [child];
    });
  return (await Promise.all(below)).flat();
};

/** SHA-256 over the names and bytes of everything the console is built from. */
export const consoleHash = async (checkout: string): Promise<string> => {
  const files = (await Promise.all(SOURCES.map((s) => filesBelow(join(checkout, s)))))
    .flat()
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = await readFile(file);
    hash.update(`${relative(checkout, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
};

const runVite = (checkout: string, outDir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const folder = join(checkout, 'apps/console');
    const vite = createRequire(join(folder, 'package.json')).resolve('vite/package.json');
    const program = join(vite, '..', 'bin', 'vite.js');
    const args = [program, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, NODE_ENV: 'production' };
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (part: Buffer): void => {
      output += part.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const why = output.trim().split('\n').slice(0, OUTPUT_LINES_KEPT).join(' ');
      reject(new StartRefused(`网页构建失败 · the console could not be built: ${why}`));
    });
  });

const isThere = (path: string): Promise<boolean> =>
  access(join(path, 'index.html')).then(
    () => true,
    () => false,
  );

const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

/**
 * The folder of the built console, built now if these sources never were. It appears by a rename,
 * so a killed build leaves nothing that looks whole. Null while there is no page to build.
 */
export const buildConsole = async (
  checkout: string,
  dataFolder: string,
  onBuild: () => void,
): Promise<string | null> => {
  if (!(await isThere(join(checkout, 'apps/console')))) return null;
  const hash = await consoleHash(checkout);
  const modules = join(checkout, 'node_modules');
  const caches = [join(modules, '.cache', 'jishi-console'), join(dataFolder, 'console')];
  for (const cache of caches) {
    if (await isThere(join(cache, hash))) return join(cache, hash);
  }
  onBuild();
  const cache = (await isWritable(modules)) ? caches[0] : caches[1];
  if (!cache) return null;
  const built = join(cache, hash);
  const beside = join(cache, `${hash}.${randomBytes(4).toString('hex')}`);
  await mkdir(cache, { recursive: true });
  try {
    await runVite(checkout, beside);
    // Somebody else may have finished the same build meanwhile; theirs is as good.
    if (!(await isThere(built))) await rename(beside, built);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return built;
};
