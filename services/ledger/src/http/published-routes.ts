import * as api from '@jishi/contracts/ledger/publication';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import {
  listPublished,
  type PublicationDb,
  type StoredPublication,
} from '../store/publication/publications.ts';
import { KEPT_FOR_A_MINUTE, keptAnswer } from './kept-answer.ts';
import type { IndexSource } from './live-source.ts';
import { refOf } from './publication-views.ts';

type Wanted = 'first' | 'latest' | number;

const chosen = (
  ofPeriod: readonly StoredPublication[],
  wanted: Wanted,
): StoredPublication | undefined =>
  wanted === 'first'
    ? ofPeriod[0]
    : wanted === 'latest'
      ? ofPeriod.at(-1)
      : ofPeriod.find((stored) => stored.vintage === wanted);

/** Each month with its vintages, both in order. */
const byPeriod = (stored: readonly StoredPublication[]): [string, StoredPublication[]][] => {
  const periods = new Map<string, StoredPublication[]>();
  for (const one of stored) periods.set(one.period, [...(periods.get(one.period) ?? []), one]);
  return [...periods].sort(([a], [b]) => (a < b ? -1 : 1));
};

/** What has been published, for anybody: the list, one month, one cell over all months. */
export const servePublished = (
  service: Service,
  { db, index }: { readonly db: PublicationDb; readonly index: IndexSource },
): void => {
  service.serveRaw(api.listTargets, async (asked) => {
    const { city } = index.latest();
    const items = index.method.targets.map(({ scopeNames, amountFen, ...target }) => ({
      ...target,
      amountFen: `${amountFen}`,
      ofThisCity: target.scope === city || scopeNames.includes(city),
    }));
    return keptAnswer(api.listTargets, asked, { items }, KEPT_FOR_A_MINUTE);
  });

  service.serveRaw(api.listPublications, async (asked) => {
    const items = (await listPublished(db)).reverse().map(refOf);
    return keptAnswer(api.listPublications, asked, { items }, KEPT_FOR_A_MINUTE);
  });

  service.serveRaw(api.readPublication, async (asked) => {
    const ofPeriod = await listPublished(db, asked.params.period);
    const stored = chosen(ofPeriod, asked.query.vintage);
    if (!stored) throw new Refusal('not-found');
    const value = { ...refOf(stored), content: stored.content };
    return keptAnswer(api.readPublication, asked, value, KEPT_FOR_A_MINUTE);
  });

  service.serveRaw(api.readPublishedSeries, async (asked) => {
    const { cell, vintage } = asked.query;
    const points = byPeriod(await listPublished(db)).flatMap(([period, ofPeriod]) => {
      const stored = chosen(ofPeriod, vintage);
      const found = stored?.content.cells.find((one) => one.cell === cell);
      if (!stored || !found) return [];
      const { state, value, reason } = found;
      const { revision, head } = stored.content;
      const said = { state, value, reason, revision, headSeq: head.seq };
      return [{ period, vintage: stored.vintage, ...said }];
    });
    return keptAnswer(api.readPublishedSeries, asked, { cell, points }, KEPT_FOR_A_MINUTE);
  });
};
