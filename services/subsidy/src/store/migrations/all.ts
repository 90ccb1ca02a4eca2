import type { Migration } from 'kysely';
import { cases20261122 } from './2026-11-22-01-cases.ts';
import { payments20261122 } from './2026-11-22-02-payments.ts';
import { sight20261122 } from './2026-11-22-03-sight.ts';
import { clawback20261123 } from './2026-11-23-11-clawback.ts';
import { secondOfficer20261123 } from './2026-11-23-12-second-officer.ts';
import { erasure20261129 } from './2026-11-29-24-erasure.ts';

/** Frozen and forward-only: a change is a new file, never an edit of one that has run. */
export const MIGRATIONS: Record<string, Migration> = {
  '2026-11-22-01-cases': cases20261122,
  '2026-11-22-02-payments': payments20261122,
  '2026-11-22-03-sight': sight20261122,
  '2026-11-23-11-clawback': clawback20261123,
  '2026-11-23-12-second-officer': secondOfficer20261123,
  '2026-11-29-24-erasure': erasure20261129,
};
