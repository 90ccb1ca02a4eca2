import { createHash } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { MIGRATIONS } from '../all-migrations.ts';
import type { LedgerTables } from '../database.ts';
import type { AppendCommand, NewEvent } from './append.ts';

/** A migrated database of one test file, with two pools: two processes, as far as it can tell. */
export const openTestLedger = async (label: string) => {
  const database = await createTestDatabase(label);
  const pool = openPool({ url: database.url });
  const other = openPool({ url: database.url });
  const db = openDatabase<LedgerTables>(pool);
  await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
  return {
    url: database.url,
    pool,
    other,
    db,
    close: async (): Promise<void> => {
      await db.destroy();
      await other.end();
      await database.drop();
    },
  };
};

export const testEvent = (changes: Partial<NewEvent> = {}): NewEvent => ({
  type: 'ReceiptConfirmed',
  schema: 1,
  id: newId(),
  actor: { kind: 'service', service: 'ledger' },
  data: '{"a":1}',
  private: null,
  recordedAt: null,
  ...changes,
});

export const testCommand = (changes: Partial<AppendCommand> = {}): AppendCommand => ({
  org: 'service:ledger',
  id: newId(),
  hash: createHash('sha256').update('asked').digest(),
  stream: `contract-${newId()}`,
  expected: 0,
  events: [testEvent()],
  claims: [],
  ...changes,
});
