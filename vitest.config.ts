import { defineConfig } from 'vitest/config';

/** Each starts programs of its own (a market, a browser, a server to be killed). */
const WHOLE = ['tests/{backup,browser,crash,flow,people}/**/*.test.ts'];
/** These put doubles in the place of modules. */
const REPLACING = ['load-tests/**/*.test.ts'];

const exclude = ['**/node_modules/**', '**/dist/**'];
const shared = { exclude, testTimeout: 30_000, hookTimeout: 60_000, pool: 'forks' as const };

/** tests/README.md says why there are three. They run in the order of their names. */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/postgres.ts', 'tests/support/programs-folder.ts'],
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      { test: { ...shared, name: '1-whole', include: WHOLE } },
      {
        test: {
          ...shared,
          name: '2-code',
          include: ['{packages,services,apps,seeds,tests}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, ...WHOLE],
          isolate: false,
        },
      },
      { test: { ...shared, name: '3-load', include: REPLACING } },
    ],
  },
});
