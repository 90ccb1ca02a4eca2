import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Role } from '@jishi/contracts/roles';
import { type Session, signIn } from '@jishi/contracts/session';
import { freePort } from '@jishi/standalone/free-ports';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { launchBrowser } from '../browser/chromium.ts';
import { untilReady } from '../browser/open-page.ts';
import type { DemoAccount } from '../journey/cast.ts';
import { readDemoAccounts, startMarket } from '../journey/market-server.ts';
import { violationsOn } from '../support/axe.ts';
import { builtLauncher } from '../support/programs.ts';

/** A person's whole task in a browser, on a machine that may be busy with other tests. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 });

const CHECKOUT = resolve(import.meta.dirname, '../..');

const SIZES = {
  desk: { width: 1440, height: 900 },
  phone: { width: 360, height: 800 },
} as const;

const WATCH_POLICY = `
  window.policyBreaches = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.policyBreaches.push(event.violatedDirective + ' ' + event.blockedURI);
  });
`;

export interface Visit {
  readonly page: Page;
  readonly url: string;
  /** Opens a page of the market and waits until its data are there. */
  readonly open: (path: string) => Promise<void>;
  /** Fails on an accessibility violation, a console error, a breach of policy, or a page that
   * scrolls sideways. Call it on every page and state that a person sees. */
  readonly expectSound: () => Promise<void>;
  /** Answers 4xx are logged by the browser as errors; say here when one is meant to come. */
  readonly expectRefusal: () => void;
  readonly close: () => Promise<void>;
}

export interface PeopleMarket {
  readonly url: string;
  readonly accounts: readonly DemoAccount[];
  readonly browser: Browser;
  /** The nth demo account with a role, as a program: to prepare what a task needs. */
  readonly as: (role: Role, nth?: number) => Session;
  /** A browser of its own for the nth demo account with a role, signed in. */
  readonly enter: (
    role: Role,
    options?: { nth?: number; size?: keyof typeof SIZES; language?: 'zh' | 'en' },
  ) => Promise<Visit>;
  /** A browser of somebody without an account. */
  readonly visit: (options?: {
    size?: keyof typeof SIZES;
    language?: 'zh' | 'en';
  }) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

const accountOf = (accounts: readonly DemoAccount[], role: Role, nth: number): DemoAccount => {
  const found = accounts.filter((account) => account.roles.includes(role))[nth];
  if (!found) throw new Error(`no demo account ${nth + 1} with the role ${role}`);
  return found;
};

const watch = async (
  context: BrowserContext,
  url: string,
  language: 'zh' | 'en',
): Promise<Visit> => {
  const page = await context.newPage();
  const errors: string[] = [];
  let refusals = 0;
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error') return;
    if (refusals > 0 && /status of 4\d\d/.test(text)) refusals -= 1;
    else errors.push(text);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript(WATCH_POLICY);
  const withLanguage = (path: string): string => {
    if (language === 'zh') return path;
    return `${path}${path.includes('?') ? '&' : '?'}lang=en`;
  };
  return {
    page,
    url,
    open: async (path) => {
      await page.goto(url + withLanguage(path));
      await untilReady(page);
    },
    expectSound: async () => {
      expect(await violationsOn(page, 'wcag'), page.url()).toStrictEqual([]);
      const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate<number>(wide), `${page.url()} scrolls sideways`).toBe(0);
      expect(await page.evaluate<string[]>('window.policyBreaches')).toStrictEqual([]);
      expect(errors, page.url()).toStrictEqual([]);
    },
    expectRefusal: () => {
      refusals += 1;
    },
    close: () => context.close(),
  };
};

const WORD = {
  zh: { email: '电子邮箱', password: '密码', signIn: '登录' },
  en: { email: 'E-mail', password: 'Password', signIn: 'Sign in' },
} as const;

const signInOn = async (
  visit: Visit,
  account: DemoAccount,
  language: 'zh' | 'en',
): Promise<void> => {
  await visit.open('/sign-in');
  const { page } = visit;
  await page.getByLabel(WORD[language].email).fill(account.email);
  await page.getByLabel(WORD[language].password).fill(account.password);
  await page.getByRole('button', { name: WORD[language].signIn, exact: true }).click();
  await page.waitForURL((address) => address.pathname !== '/sign-in');
};

/**
 * A whole market of its own for one test file: PostgreSQL, the services, the front door and the
 * built console, as `start` runs them (only that the programs are built beforehand), with the demo
 * accounts and an empty log.
 */
export const openPeopleMarket = async (
  environment: Record<string, string> = { SEED: 'off' },
): Promise<PeopleMarket> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jishi-people-'));
  // As root, the account that runs PostgreSQL must be able to enter.
  await chmod(dataDir, 0o755);
  const [market, browser] = await Promise.all([
    startMarket(dataDir, await freePort(), environment, [await builtLauncher(), CHECKOUT]),
    launchBrowser(),
  ]);
  const accounts = await readDemoAccounts(dataDir);
  const contextOf = (size: keyof typeof SIZES) =>
    browser.newContext({ viewport: SIZES[size], locale: 'zh-CN', timezoneId: 'America/New_York' });
  const url = market.baseUrl;
  return {
    url,
    accounts,
    browser,
    as: (role, nth = 0) => signIn(url, accountOf(accounts, role, nth)),
    enter: async (role, { nth = 0, size = 'desk', language = 'zh' } = {}) => {
      const visit = await watch(await contextOf(size), url, language);
      await signInOn(visit, accountOf(accounts, role, nth), language);
      return visit;
    },
    visit: async ({ size = 'desk', language = 'zh' } = {}) =>
      watch(await contextOf(size), url, language),
    close: async () => {
      await browser.close();
      await market.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
