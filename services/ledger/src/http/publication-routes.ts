import * as api from '@jishi/contracts/ledger/publication-desk';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { addDays, businessDay, type Clock, type Instant, monthOf } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import publicationFile from '../../parameters/publication.json' with { type: 'json' };
import {
  movedCells,
  type Publication,
  requireConfirmable,
} from '../domain/publication/publication.ts';
import type { IndexDatabase } from '../store/index/contracts.ts';
import {
  decidePublication,
  findPrepared,
  findPublication,
  insertPublication,
  listPublicationRows,
  listPublished,
  lockPublishing,
  type PublicationDb,
  type StoredPublication,
} from '../store/publication/publications.ts';
import { personOf } from './caller.ts';
import type { IndexSource } from './live-source.ts';
import { previewCells, viewOf } from './publication-views.ts';
import { composeContent, contentSources, presentHead, sealed } from './publication-work.ts';

export interface PublicationDeps {
  readonly db: PublicationDb;
  readonly indexDb: IndexDatabase;
  readonly index: IndexSource;
  readonly clock: Clock;
}

const APPROVAL_DAYS = Number(publicationFile.approvalDays);

/** The same time of day, so many days on. */
const expiryOf = (now: Instant): Instant =>
  `${addDays(now.slice(0, 10), APPROVAL_DAYS)}${now.slice(10)}`;

const requirePerson = (principal: Principal | undefined): Person => {
  const person = personOf(principal);
  if (!person) throw new Refusal('role-missing');
  return person;
};

/** What had been published when one was prepared: the preview shows what its two people saw. */
const publishedBefore = async (
  db: PublicationDb,
  stored: Publication & { readonly decidedAt: Instant | null },
): Promise<StoredPublication[]> =>
  (await listPublished(db)).filter(
    (other) =>
      other.publicationId !== stored.publicationId &&
      (stored.decidedAt === null || (other.decidedAt ?? '') < stored.decidedAt),
  );

const previewOf = async (
  deps: PublicationDeps,
  stored: StoredPublication,
  principal: Principal | undefined,
): Promise<api.PublicationPreview> => {
  const { db, indexDb, index, clock } = deps;
  await index.waitFor(stored.content.head.seq);
  const before = await publishedBefore(db, stored);
  const published = before.map((other) => other.content);
  const asked = { period: stored.period, published };
  const sources = await contentSources(indexDb, index, stored.content.head, asked);
  const ofPeriod = published.filter((content) => content.period === stored.period);
  const earlier = { first: ofPeriod[0] ?? null, last: ofPeriod.at(-1) ?? null };
  return {
    ...viewOf(stored, personOf(principal)?.userId ?? null, clock()),
    cells: previewCells(stored.content, earlier, sources),
  };
};

const mustFind = async (db: PublicationDb, id: string): Promise<StoredPublication> => {
  const stored = await findPublication(db, id);
  if (!stored) throw new Refusal('not-found');
  return stored;
};

const servePrepare = (service: Service, deps: PublicationDeps): void => {
  const { db, indexDb, index, clock } = deps;
  service.serve(api.preparePublication, async ({ body, principal }) => {
    const by = requirePerson(principal);
    const { publicationId, period } = body;
    const head = await presentHead(index);
    await db.transaction().execute(async (trx) => {
      await lockPublishing(trx);
      const same = await findPublication(trx, publicationId);
      if (same && (same.period !== period || same.preparedBy !== by.userId)) {
        throw new Refusal('id-reused');
      }
      if (same) return;
      const now = clock();
      const waiting = await findPrepared(trx, period);
      if (waiting && now < waiting.expiresAt) throw new Refusal('already-prepared');
      if (waiting) {
        const gone = { status: 'withdrawn', by, at: now, reason: 'expired' } as const;
        await decidePublication(trx, waiting.publicationId, gone);
      }
      const published = (await listPublished(trx)).map((stored) => stored.content);
      const ofPeriod = published.filter((content) => content.period === period);
      const sources = await contentSources(indexDb, index, head, { period, published });
      const content = composeContent(period, ofPeriod.length + 1, sources);
      const last = ofPeriod.at(-1) ?? null;
      if (last && movedCells(content, last).length === 0) throw new Refusal('nothing-changed');
      const { text, hash } = sealed(content);
      const made = { publicationId, content, contentText: text, contentHash: hash, by };
      await insertPublication(trx, { ...made, preparedAt: now, expiresAt: expiryOf(now) });
    });
    return previewOf(deps, await mustFind(db, publicationId), principal);
  });
};

const serveDecisions = (service: Service, deps: PublicationDeps): void => {
  const { db, indexDb, index, clock } = deps;
  service.serve(api.confirmPublication, async ({ params, body, principal }) => {
    const by = requirePerson(principal);
    const { publicationId } = params;
    await index.waitFor((await mustFind(db, publicationId)).content.head.seq);
    await db.transaction().execute(async (trx) => {
      await lockPublishing(trx);
      const stored = await mustFind(trx, publicationId);
      const { period, vintage, content } = stored;
      const published = (await listPublished(trx)).map((other) => other.content);
      const sources = await contentSources(indexDb, index, content.head, { period, published });
      const recomputed = () => sealed(composeContent(period, vintage, sources)).hash;
      const now = clock();
      requireConfirmable(
        stored,
        { userId: by.userId, contentHash: body.contentHash, now },
        recomputed,
      );
      const decision = { status: 'published', by, at: now, reason: null } as const;
      if (!(await decidePublication(trx, publicationId, decision))) {
        throw new Refusal('publication-state');
      }
    });
    return viewOf(await mustFind(db, publicationId), by.userId, clock());
  });

  service.serve(api.withdrawPublication, async ({ params, body, principal }) => {
    const by = requirePerson(principal);
    const { publicationId } = params;
    await db.transaction().execute(async (trx) => {
      await lockPublishing(trx);
      await mustFind(trx, publicationId);
      const decision = { status: 'withdrawn', by, at: clock(), reason: body.reason } as const;
      if (!(await decidePublication(trx, publicationId, decision))) {
        throw new Refusal('publication-state');
      }
    });
    return viewOf(await mustFind(db, publicationId), by.userId, clock());
  });
};

const serveWork = (service: Service, deps: PublicationDeps): void => {
  const { db, index, clock } = deps;
  service.serve(api.listPublicationWork, async ({ principal }) => {
    const head = await presentHead(index);
    const userId = personOf(principal)?.userId ?? null;
    const now = clock();
    const stored = await listPublicationRows(db);
    const headDay = head.recordedAt === null ? null : businessDay(head.recordedAt);
    const city = [...(index.latest().cells.get('city') ?? new Map())];
    const months = city
      .filter(([month]) => headDay !== null && month < monthOf(headDay))
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([period, tally]) => {
        const own = stored.filter((one) => one.period === period);
        const open = own.find((one) => one.status === 'prepared' && now < one.expiresAt);
        return {
          period,
          contracts: tally.crowd.contracts,
          lastVintage: own.filter((one) => one.status === 'published').length,
          openPublicationId: open?.publicationId ?? null,
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
  servePrepare(service, deps);
  serveDecisions(service, deps);
};
