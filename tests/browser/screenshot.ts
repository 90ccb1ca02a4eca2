import { launchBrowser } from './chromium.ts';

/**
 * Takes a picture of a page:
 * `npx tsx tests/browser/screenshot.ts URL out.png WIDTH HEIGHT [--full] [--dark] [--scale=2]`
 */
const [url, out, width, height, ...flags] = process.argv.slice(2);
if (!url || !out || !width || !height) {
  console.error('screenshot.ts URL out.png WIDTH HEIGHT [--full] [--dark] [--scale=2]');
  process.exit(1);
}
const scale = Number(flags.find((flag) => flag.startsWith('--scale='))?.slice(8) ?? 1);
const browser = await launchBrowser();
try {
  const context = await browser.newContext({
    viewport: { width: Number(width), height: Number(height) },
    deviceScaleFactor: scale,
    colorScheme: flags.includes('--dark') ? 'dark' : 'light',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.goto(url, { waitUntil: 'load' });
  // Pages announce that their data and pictures are there; a page without the mark is just loaded.
  await page.waitForSelector('[data-ready]', { timeout: 8_000 }).catch(() => undefined);
  await page.screenshot({ path: out, fullPage: flags.includes('--full') });
  console.log(out);
} finally {
  await browser.close();
}
