import type { Migration } from 'kysely';
import { migration as log } from './migrations/2026-11-22-01-log.ts';
import { migration as registrationView } from './migrations/2026-11-22-02-registration-view.ts';
import { migration as index } from './migrations/2026-11-22-03-index.ts';
import { migration as bulkAppend } from './migrations/2026-11-22-04-bulk-append.ts';
import { migration as registry } from './migrations/2026-11-23-11-registry.ts';
import { migration as publication } from './migrations/2026-11-23-12-publication.ts';
import { migration as logExports } from './migrations/2026-11-23-12b-log-exports.ts';
import { migration as receipts } from './migrations/2026-11-23-13-receipts.ts';
import { migration as append } from './migrations/2026-11-29-21-append.ts';
import { migration as heads } from './migrations/2026-11-29-22-heads.ts';
import { migration as consumers } from './migrations/2026-11-29-23-consumers.ts';
import { migration as erasure } from './migrations/2026-11-29-24-erasure.ts';
import { migration as publicationMethod } from './migrations/2026-11-29-31-publication-method.ts';

/** In the order of their names; a published one is never edited. */
export const MIGRATIONS: Record<string, Migration> = {
  '2026-11-22-01-log': log,
  '2026-11-22-02-registration-view': registrationView,
  '2026-11-22-03-index': index,
  '2026-11-22-04-bulk-append': bulkAppend,
  '2026-11-23-11-registry': registry,
  '2026-11-23-12-publication': publication,
  '2026-11-23-13-receipts': receipts,
  '2026-11-23-12b-log-exports': logExports,
  '2026-11-29-21-append': append,
  '2026-11-29-22-heads': heads,
  '2026-11-29-23-consumers': consumers,
  '2026-11-29-24-erasure': erasure,
  '2026-11-29-31-publication-method': publicationMethod,
};
