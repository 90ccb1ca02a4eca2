import type { Browser, Locator, Page } from 'playwright-core';

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
}

/** What went wrong on a page that nobody may see go wrong. */
export interface Watched {
  readonly page: Page;
  readonly origin: string;
  readonly consoleErrors: string[];
  readonly foreignRequests: string[];
  readonly policyBreaches: () => Promise<string[]>;
  readonly close: () => Promise<void>;
}

/** The moment at which the sample is current. The page's clock runs on from it, or is moved. */
const SAMPLE_NOW = '2026-11-20T06:32:08.000Z';

const WATCH_POLICY = `
  window.policyBreaches = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.policyBreaches.push(event.violatedDirective + ' ' + event.blockedURI);
  });
`;

/** Opens a page of the console in a context of its own and watches what it does. */
export const openPage = async (
  browser: Browser,
  url: string,
  options: PageOptions,
): Promise<Watched> => {
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    colorScheme: options.dark ? 'dark' : 'light',
    locale: 'zh-CN',
    // Not the market's own zone: business time must not depend on the machine.
    timezoneId: 'America/New_York',
  });
  const page = await context.newPage();
  const { origin } = new URL(url);
  const consoleErrors: string[] = [];
  const foreignRequests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      consoleErrors.push(message.text());
    }
  });
  page.on('pageerror', (error) => consoleErrors.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) foreignRequests.push(request.url());
  });
  await page.addInitScript(WATCH_POLICY);
  await page.clock.install({ time: SAMPLE_NOW });
  await page.goto(url);
  return {
    page,
    origin,
    consoleErrors,
    foreignRequests,
    policyBreaches: () => page.evaluate<string[]>('window.policyBreaches'),
    close: () => context.close(),
  };
};

const READY_WITHIN_MS = 30_000;
const LOOK_FOR_READY = `new Promise((done) => {
  const look = () => document.querySelector('[data-ready]') ? done(true) : setTimeout(look, 10);
  look();
})`;

/**
 * Waits until the page says that its data and pictures are there. It looks in the page itself:
 * a selector is asked for again after up to half a second.
 */
export const untilReady = async (page: Page): Promise<void> => {
  const untilMs = Date.now() + READY_WITHIN_MS;
  const late = new Promise<never>((_, refuse) =>
    setTimeout(refuse, READY_WITHIN_MS, new Error(`${page.url()} is not ready`)).unref(),
  );
  for (;;) {
    try {
      await Promise.race([page.evaluate(LOOK_FOR_READY), late]);
      return;
    } catch (error) {
      // The page went on to another one, where the waiting begins anew.
      if (Date.now() > untilMs || !/context was destroyed|navigation/i.test(`${error}`))
        throw error;
    }
  }
};

/** The text that a reader sees: what is hidden by CSS is not in it. */
export const textOf = (locator: Locator): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: hidden text is to be left out.
  locator.innerText();
