import * as api from '@jishi/contracts/ledger/publication-desk';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, monthOf } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { editionFor } from '../domain/index/family/official.ts';
import {
  countVintages,
  findPublication,
  listPublicationRows,
  type PublicationDb,
  type PublicationRow,
  type StoredPublication,
} from '../store/publication/publications.ts';
import { personOf } from './caller.ts';
import { type PublicationDeps, serveDecisions, servePrepare } from './publication-acts.ts';
import { previewValues, viewOf } from './publication-views.ts';
import { contractsOf, presentHead } from './publication-work.ts';

/** What had been published when one was prepared: the preview shows what its two people saw. */
const vintagesBefore = async (
  { db, reader }: PublicationDeps,
  stored: PublicationRow,
): Promise<readonly PublishedContent[]> =>
  (await reader.all(db))
    .filter(({ period }) => period === stored.period)
    .filter(({ vintage }) => vintage < stored.vintage)
    .map(({ content }) => content);

const mustFind = async (db: PublicationDb, id: string): Promise<StoredPublication> => {
  const stored = await findPublication(db, id);
  if (!stored) throw new Refusal('not-found');
  return stored;
};

/** A publication of the method before has nothing that could be looked at value by value. */
const previewOf = async (
  deps: PublicationDeps,
  stored: StoredPublication,
  principal: Principal | undefined,
): Promise<api.PublicationPreview> => {
  const view = viewOf(stored, personOf(principal)?.userId ?? null, deps.clock());
  const { content } = stored;
  if (!content) return { ...view, values: [] };
  const vintages = await vintagesBefore(deps, stored);
  const family = await deps.family.familyAt(content.head.seq);
  const sources = { family, facts: deps.family.facts(), vintages };
  return { ...view, values: previewValues(content, sources) };
};

const serveWork = (service: Service, deps: PublicationDeps): void => {
  const { db, logDb, family, clock } = deps;
  service.serve(api.listPublicationWork, async ({ principal }) => {
    const head = await presentHead(logDb, family);
    const userId = personOf(principal)?.userId ?? null;
    const now = clock();
    const stored = await listPublicationRows(db);
    const vintages = await countVintages(db);
    const headDay = head.recordedAt === null ? null : businessDay(head.recordedAt);
    const latest = family.latest();
    const months = [...latest.market.months.keys()]
      .filter((month) => headDay !== null && month < monthOf(headDay))
      .filter((month) => typeof editionFor(latest, month) !== 'string')
      .sort()
      .reverse()
      .map((period) => {
        const isOpen = (one: PublicationRow): boolean =>
          one.period === period && one.status === 'prepared' && now < one.expiresAt;
        return {
          period,
          contracts: contractsOf(latest, period),
          lastVintage: vintages.get(period) ?? 0,
          openPublicationId: stored.find(isOpen)?.publicationId ?? null,
        };
      });
    return { items: stored.map((one) => viewOf(one, userId, now)), months, head, headDay };
  });

  service.serve(api.readPublicationPreview, async ({ params, principal }) =>
    previewOf(deps, await mustFind(db, params.publicationId), principal),
  );
};

/** Preparing, confirming and taking back: the desk of the exchange operator. */
export const servePublicationDesk = (service: Service, deps: PublicationDeps): void => {
  serveWork(service, deps);
  servePrepare(service, deps, async (publicationId, principal) =>
    previewOf(deps, await mustFind(deps.db, publicationId), principal),
  );
  serveDecisions(service, deps);
};
