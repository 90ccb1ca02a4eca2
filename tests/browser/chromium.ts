import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

/**
 * A browser from packages alone: Chromium, the libraries that a bare Linux lacks, and Chinese
 * fonts. It is unpacked once per version below node_modules/.cache; nothing is installed.
 */
const PACKAGES = join(import.meta.dirname, '../node_modules');
const CHROMIUM_VERSION = '147.0.0';
const CACHE = join(import.meta.dirname, '../../node_modules/.cache', `browser-${CHROMIUM_VERSION}`);

/** Both packages export only code, so their data files are found by path. */
const archive = (name: string): string => join(PACKAGES, '@sparticuz/chromium/bin', name);
const fontsFolder = (): string => join(PACKAGES, '@embedpdf/fonts-sc/fonts');

const TAR_BLOCK = 512;
const text = (header: Buffer, from: number, length: number): string =>
  header.toString('utf8', from, from + length).replace(/\0.*$/s, '');

/** Files and symbolic links of a plain tar archive; all that the library archive contains. */
const untar = async (archiveBytes: Buffer, folder: string): Promise<void> => {
  let offset = 0;
  while (offset + TAR_BLOCK <= archiveBytes.length) {
    const header = archiveBytes.subarray(offset, offset + TAR_BLOCK);
    const name = text(header, 0, 100);
    if (name === '') return;
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    const kind = text(header, 156, 1);
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    const start = offset + TAR_BLOCK;
    if (kind === '2') await symlink(text(header, 157, 100), target);
    else if (kind === '0' || kind === '') {
      await writeFile(target, archiveBytes.subarray(start, start + size), { mode: 0o755 });
    }
    offset = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
};

const fontsConfiguration = (): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fontsFolder()}</dir>
  <cachedir>${join(CACHE, 'font-cache')}</cachedir>
</fontconfig>
`;

/** Unpacks into a folder of this process and renames: two test files may start at once. */
const unpack = async (): Promise<void> => {
  if (existsSync(join(CACHE, 'chromium'))) return;
  const own = `${CACHE}.${process.pid}`;
  await mkdir(join(own, 'fonts'), { recursive: true });
  const binary = join(own, 'chromium');
  await pipeline(
    createReadStream(archive('chromium.br')),
    createBrotliDecompress(),
    createWriteStream(binary),
  );
  await chmod(binary, 0o755);
  const libraries = await promisify(brotliDecompress)(await readFile(archive('al2023.tar.br')));
  await untar(libraries, own);
  await writeFile(join(own, 'fonts', 'fonts.conf'), fontsConfiguration());
  await rename(own, CACHE).catch(() => rm(own, { recursive: true, force: true }));
};

const LAUNCHES = 3;

/** A browser that dies while it starts says nothing of the product: another is started. */
export const launchBrowser = async (launches = LAUNCHES): Promise<Browser> => {
  await unpack();
  return chromium
    .launch({
      executablePath: join(CACHE, 'chromium'),
      // Not the package's own flags: they switch web security off and break multi-tab runs.
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--headless=shell'],
      env: {
        ...process.env,
        LD_LIBRARY_PATH: join(CACHE, 'lib'),
        FONTCONFIG_PATH: join(CACHE, 'fonts'),
        TZ: 'Asia/Shanghai',
      },
    })
    .catch((error: unknown) => {
      const said = error instanceof Error ? error.message : String(error);
      if (launches <= 1 || !said.includes('has been closed')) throw error;
      console.warn(`the browser ended while it was started; another is: ${said}`);
      return launchBrowser(launches - 1);
    });
};
