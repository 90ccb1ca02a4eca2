import * as api from '@jishi/contracts/ledger/publication';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import {
  EARLY_METHOD,
  findPublication,
  listPublished,
  type PublicationDb,
} from '../store/publication/publications.ts';
import type { PublishedMonth, PublishedReader } from '../store/publication/published-contents.ts';
import { KEPT_FOR_A_DAY, KEPT_FOR_A_MINUTE, keptAnswer } from './kept-answer.ts';
import type { IndexSource } from './live-source.ts';
import { refOf } from './publication-views.ts';

type Wanted = 'first' | 'latest' | number;

const chosen = (ofPeriod: readonly PublishedMonth[], wanted: Wanted): PublishedMonth | undefined =>
  wanted === 'first'
    ? ofPeriod[0]
    : wanted === 'latest'
      ? ofPeriod.at(-1)
      : ofPeriod.find(({ vintage }) => vintage === wanted);

export interface PublishedDeps {
  readonly db: PublicationDb;
  readonly reader: PublishedReader;
  readonly index: IndexSource;
}

const serveTargets = (service: Service, index: IndexSource): void => {
  service.serveRaw(api.listTargets, async (asked) => {
    const { city } = index.latest();
    const items = index.method.targets.map(({ scopeNames, amountFen, ...target }) => ({
      ...target,
      amountFen: `${amountFen}`,
      ofThisCity: target.scope === city || scopeNames.includes(city),
    }));
    return keptAnswer(api.listTargets, asked, { items }, KEPT_FOR_A_MINUTE);
  });
};

/** What has been published, for anybody: the list, a month, and what an older method had said. */
export const servePublished = (service: Service, { db, reader, index }: PublishedDeps): void => {
  serveTargets(service, index);

  service.serveRaw(api.listPublications, async (asked) => {
    const items = (await listPublished(db)).reverse().map(refOf);
    return keptAnswer(api.listPublications, asked, { items }, KEPT_FOR_A_MINUTE);
  });

  service.serveRaw(api.readPublication, async (asked) => {
    const ofPeriod = (await reader.all(db)).filter(({ period }) => period === asked.params.period);
    const found = chosen(ofPeriod, asked.query.vintage);
    if (!found) throw new Refusal('not-found');
    const { content, ...ref } = found;
    const { revision, head, method } = content;
    const value = { ...ref, revision, head, methodVersion: method.version, content };
    return keptAnswer(api.readPublication, asked, value, KEPT_FOR_A_MINUTE);
  });

  service.serveRaw(api.readEarlyPublication, async (asked) => {
    const stored = await findPublication(db, asked.params.publicationId);
    const isEarly = stored?.methodVersion === EARLY_METHOD && stored.status === 'published';
    if (!stored || !isEarly) throw new Refusal('not-found');
    const value = { ...refOf(stored), content: JSON.parse(stored.text) };
    return keptAnswer(api.readEarlyPublication, asked, value, KEPT_FOR_A_DAY);
  });
};
