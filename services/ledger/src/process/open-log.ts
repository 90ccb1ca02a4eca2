import { createHash } from 'node:crypto';
import type { LogKind } from '@jishi/contracts/ledger/envelope';
import { StartRefused } from '@jishi/runtime/config';
import type { Kysely } from 'kysely';
import { type EventSources, encodeEvent } from '../store/encode-event.ts';
import { readLogKind } from '../store/head.ts';
import type { AppendQueue } from '../store/log/append-queue.ts';
import type { LogTables } from '../store/log/tables.ts';

const CITY = 'suzhou';
/** The command that opens a log has a fixed id: however many processes start, it happens once. */
const OPENING_ID = '00000000-0000-7000-8000-000000000001';

/**
 * The clock of a synthetic log is simulated, and time never goes back in a log: opened here, a
 * history of past years can be written into it with its own times.
 */
const SYNTHETIC_SINCE = '2020-01-01T00:00:00.000Z';

/**
 * A log is real or synthetic for life, and its first event says which. An empty log is opened; one
 * of the other kind refuses the start.
 */
export const openLog = async (
  { db, queue, sources }: { db: Kysely<LogTables>; queue: AppendQueue; sources: EventSources },
  kind: LogKind,
): Promise<void> => {
  const existing = await readLogKind(db);
  if (existing === null) {
    await queue.append({
      ...{ org: 'service:ledger', id: OPENING_ID, stream: 'log', expected: 0, claims: [] },
      hash: createHash('sha256').update(kind).digest(),
      events: [
        encodeEvent(
          {
            type: 'LogOpened',
            data: { public: { kind, city: CITY, openedBy: 'ledger' }, private: null },
            metadata: { actor: { kind: 'service', service: 'ledger' } },
          },
          kind === 'synthetic' ? { ...sources, now: () => SYNTHETIC_SINCE } : sources,
        ),
      ],
    });
  }
  const found = existing ?? (await readLogKind(db));
  if (found !== kind) {
    throw new StartRefused(
      `账本类型为 ${found},而 JISHI_LOG=${kind};账本类型终身不变 · ` +
        `the log is ${found} for life, but JISHI_LOG=${kind}`,
    );
  }
};
