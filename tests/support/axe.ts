import axe from 'axe-core';
import type { Page } from 'playwright-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/**
 * What axe finds on a page as it stands: `rule: elements`. `wcag` asks for the levels A and AA
 * alone, `all` for good practice, too. The console has no frames, so axe runs in the page itself:
 * the package for this browser opens a second page for each run, which costs half of the time.
 */
export const violationsOn = async (page: Page, asked: 'wcag' | 'all'): Promise<string[]> => {
  const runOnly = asked === 'all' ? {} : { runOnly: { type: 'tag', values: WCAG } };
  const options = JSON.stringify({ ...runOnly, resultTypes: ['violations'] });
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>(`axe.run(${options}).then(
    ({ violations }) => violations.map(
      ({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }),
    ),
  )`);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};
