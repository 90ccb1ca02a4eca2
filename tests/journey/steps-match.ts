import { matchNeed } from '@jishi/contracts/market/matching';
import type { Journey } from './context.ts';

const SIGNS = { met: '✓', near: '△', missed: '✗', unknown: '?' } as const;

/** 4: the company's need finds this university's result, and the match says why. */
export const findResult = async ({ id, people }: Journey): Promise<string> => {
  const matches = await people.buyer.on('market')(matchNeed, { params: { needId: id('need') } });
  const place = matches.items.findIndex((m) => m.listing.listingId === id('listing'));
  const found = matches.items[place];
  if (!found) throw new Error(`the need does not find the result among ${matches.items.length}`);
  if (found.hardMiss) throw new Error('the match is ruled out by a hard miss');
  const said = found.criteria.filter((c) => c.verdict !== 'unknown');
  if (said.length === 0) throw new Error('the match says no reason');
  const reasons = said.map((c) => `${SIGNS[c.verdict]} ${c.label.zh}`).join(' ');
  return `第 ${place + 1} 位 · ${found.met}/${found.known} 项符合 · ${reasons} · 「${found.phrases.slice(0, 3).join('」「')}」`;
};
