import * as api from '@jishi/contracts/ledger/publication-desk';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { addDays, type Clock, type Instant } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import publicationFile from '../../parameters/publication.json' with { type: 'json' };
import {
  declaredOf,
  movedSeries,
  requireConfirmable,
  requireUnchanged,
  revisionOf,
} from '../domain/publication/publication.ts';
import type { LogTables } from '../store/log/tables.ts';
import {
  decidePublication,
  findPrepared,
  findPublication,
  insertPublication,
  lockPublishing,
  type PublicationDb,
  type PublicationTrx,
  type StoredPublication,
} from '../store/publication/publications.ts';
import type { PublishedReader } from '../store/publication/published-contents.ts';
import { personOf } from './caller.ts';
import type { FamilySource } from './family-source.ts';
import { viewOf } from './publication-views.ts';
import { type Composer, presentHead, sealed } from './publication-work.ts';

export interface PublicationDeps {
  readonly db: PublicationDb;
  readonly logDb: Kysely<LogTables>;
  readonly family: FamilySource;
  readonly reader: PublishedReader;
  readonly composer: Composer;
  /** Root of the Merkle tree over so many events; null where it is not kept. */
  readonly rootOf: (seq: number) => Promise<string | null>;
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

const mustFind = async (db: PublicationDb, id: string): Promise<StoredPublication> => {
  const stored = await findPublication(db, id);
  if (!stored) throw new Refusal('not-found');
  return stored;
};

type Body = { publicationId: string; period: string; revision?: 'R2' | 'C' | undefined };

/** The same id again is the same preparation, or somebody else's. */
const isRepeated = async (trx: PublicationTrx, body: Body, by: Person): Promise<boolean> => {
  const same = await findPublication(trx, body.publicationId);
  if (!same) return false;
  const declared = same.content && declaredOf(same.content);
  const isOurs = same.period === body.period && same.preparedBy === by.userId;
  if (!isOurs || declared !== (body.revision ?? null)) throw new Refusal('id-reused');
  return true;
};

/** One that waits for its second person keeps others out until it has expired. */
const requireFree = async (
  trx: PublicationTrx,
  period: string,
  by: Person,
  now: Instant,
): Promise<void> => {
  const waiting = await findPrepared(trx, period);
  if (!waiting) return;
  if (now < waiting.expiresAt) throw new Refusal('already-prepared');
  const gone = { status: 'withdrawn', by, at: now, reason: 'expired' } as const;
  await decidePublication(trx, waiting.publicationId, gone);
};

const isNothingNew = (
  content: PublishedContent,
  published: readonly PublishedContent[],
): boolean => {
  const last = published.filter(({ period }) => period === content.period).at(-1);
  if (!last) return false;
  const isMoved = movedSeries(content, last).length > 0;
  return !isMoved && revisionOf(content, published, null) === null;
};

export const servePrepare = (
  service: Service,
  deps: PublicationDeps,
  preview: (id: string, principal: Principal | undefined) => Promise<api.PublicationPreview>,
): void => {
  const { db, logDb, family, reader, composer, rootOf, clock } = deps;
  service.serve(api.preparePublication, async ({ body, principal }) => {
    const by = requirePerson(principal);
    const { publicationId, period } = body;
    const head = await presentHead(logDb, family);
    const logRoot = await rootOf(head.seq);
    await db.transaction().execute(async (trx) => {
      await lockPublishing(trx);
      if (await isRepeated(trx, body, by)) return;
      const now = clock();
      await requireFree(trx, period, by, now);
      const published = (await reader.all(trx)).map(({ content }) => content);
      const declared = body.revision ?? null;
      const content = await composer.compose({ period, head, published, logRoot, declared });
      if (isNothingNew(content, published)) throw new Refusal('nothing-changed');
      const { text, hash } = sealed(content);
      const made = { publicationId, content, contentText: text, contentHash: hash, by };
      await insertPublication(trx, { ...made, preparedAt: now, expiresAt: expiryOf(now) });
    });
    return preview(publicationId, principal);
  });
};

export const serveDecisions = (service: Service, deps: PublicationDeps): void => {
  const { db, reader, composer, rootOf, clock } = deps;

  const recomputedHash = async (trx: PublicationTrx, stored: StoredPublication) => {
    const { content } = stored;
    if (!content) return '';
    const { period, head } = content;
    const published = (await reader.all(trx)).map((one) => one.content);
    const logRoot = content.logRoot === null ? null : await rootOf(head.seq);
    const declared = declaredOf(content);
    return sealed(await composer.compose({ period, head, published, logRoot, declared })).hash;
  };

  service.serve(api.confirmPublication, async ({ params, body, principal }) => {
    const by = requirePerson(principal);
    const { publicationId } = params;
    await db.transaction().execute(async (trx) => {
      await lockPublishing(trx);
      const stored = await mustFind(trx, publicationId);
      const now = clock();
      const asked = { userId: by.userId, contentHash: body.contentHash, now };
      requireConfirmable(stored, asked);
      requireUnchanged(stored, await recomputedHash(trx, stored));
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
