import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';

const CHECKOUT = resolve(import.meta.dirname, '../..');
const OWN = /^(?!.*node_modules).*\.ts$/;

/** Our modules find policies, workers and pages from where they stand, also in a built file. */
const places: Plugin = {
  name: 'places',
  transform: (code, id) => {
    if (!OWN.test(id) || !code.includes('import.meta.')) return null;
    return code
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      .replaceAll('import.meta.dirname', JSON.stringify(resolve(id, '..')));
  },
};

const ENTRIES = {
  market: 'services/market/src/main.ts',
  ledger: 'services/ledger/src/main.ts',
  subsidy: 'services/subsidy/src/main.ts',
  launcher: 'tests/support/built-market.ts',
};

const buildInto = async (folder: string): Promise<void> => {
  for (const [name, source] of Object.entries(ENTRIES)) {
    await build({
      ...{ root: CHECKOUT, configFile: false, envFile: false, logLevel: 'error' },
      plugins: [places],
      ssr: { noExternal: true },
      build: {
        ...{ ssr: join(CHECKOUT, source), outDir: folder, emptyOutDir: false, minify: false },
        target: 'esnext',
        rolldownOptions: {
          output: { entryFileNames: `${name}.mjs`, codeSplitting: false },
        },
      },
    });
  }
};

/**
 * The launcher's file, built with the three services once per run: read through the loader of
 * TypeScript, each start of a market would spend most of its time on reading the same sources.
 */
export const builtLauncher = async (): Promise<string> => {
  const folder = process.env.TEST_PROGRAMS;
  if (!folder) throw new Error('TEST_PROGRAMS is not set: run the tests by `pnpm test`');
  const ready = join(folder, 'ready');
  if (!existsSync(ready)) {
    const own = join(folder, `built.${process.pid}`);
    await buildInto(own);
    // Another worker may have been faster; its build is as good.
    await rename(own, ready).catch(() => rm(own, { recursive: true, force: true }));
  }
  return join(ready, 'launcher.mjs');
};
