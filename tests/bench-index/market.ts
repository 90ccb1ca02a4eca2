import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { EVENT_SCHEMA } from '@jishi/contracts/ledger/event-schema';
import { openLog } from '@jishi/ledger/process/open-log';
import { MIGRATIONS } from '@jishi/ledger/store/all-migrations';
import { createAppendQueue } from '@jishi/ledger/store/log/append-queue';
import { appendBulk, BULK_EVENTS_MAX, type BulkEvent } from '@jishi/ledger/store/log/bulk';
import { type LogDeskTables, readProven } from '@jishi/ledger/store/log-desk';
import { migrateToLatest, openDatabase } from '@jishi/runtime/database';
import { playHistory } from '@jishi/seeds/generator/history';
import type pg from 'pg';

/**
 * The market that is measured: a base year and a link year with the distributions of the synthetic
 * history, and after it amendments and cancellations of contracts of all months. The same size
 * gives the same log, byte for byte.
 */
const UNTIL = '2026-12-31';
const MONTHS = 24;
const CHANGED_AT = '2026-12-31T15:00:00.000Z';
/** Of a hundred contracts three are amended and two leave. */
const [AMENDED, CANCELLED] = [3, 5];
const IN_ALL = 100;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const idOf = (text: string): string => {
  const hex = digest(text).toString('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
};

/** Nobody who took part in a registration may change it: the database itself refuses that. */
const SENIOR = {
  ...{ userId: idOf('senior registrar'), organisationId: idOf('desk') },
  kind: 'person',
} as const;

interface Amounts {
  readonly facts: { readonly technologyValueFen: string; readonly contractValueFen: string };
}

/** Half as much again, in the same deal. */
const raised = (body: string): string => {
  const part = JSON.parse(body) as Amounts;
  const half = (fen: string): string => `${(BigInt(fen) * 3n) / 2n}`;
  const { technologyValueFen, contractValueFen } = part.facts;
  const amounts = {
    technologyValueFen: half(technologyValueFen),
    contractValueFen: half(contractValueFen),
  };
  return JSON.stringify({ ...part, actor: SENIOR, facts: { ...part.facts, ...amounts } });
};

const REASONS = [{ code: 'other', note: '测量' }];

const changeOf = (event: BulkEvent, version: number, does: 'amend' | 'leave'): BulkEvent => {
  const { contractId, registeredOn: _, ...data } = JSON.parse(event.data);
  const type = does === 'amend' ? 'ContractAmended' : 'ContractDeregistered';
  const changeId = idOf(`change of ${event.id}`);
  const on = CHANGED_AT.slice(0, 10);
  const amended = { ...data, contractId, changeId, amendedOn: on, amendment: 1 };
  const { registrationNumber } = data;
  const left = { contractId, changeId, registrationNumber, deregisteredOn: on };
  const body = event.private?.body ?? '';
  const reasons = JSON.stringify({ actor: SENIOR, facts: { reasons: REASONS } });
  return {
    ...event,
    actor: SENIOR,
    ...{ id: changeId, commandId: idOf(`command of ${event.id}`), part: 1, version, claims: [] },
    ...{ type, schema: EVENT_SCHEMA[type] },
    data: JSON.stringify(does === 'amend' ? amended : left),
    private: { salt: digest(event.id), body: does === 'amend' ? raised(body) : reasons },
    ...{ hash: digest(changeId), recordedAt: CHANGED_AT },
  };
};

function* eventsOf(contracts: number): Generator<BulkEvent> {
  const versions = new Map<string, number>();
  const registered: BulkEvent[] = [];
  const plan = { seed: 'bench-index', months: MONTHS, contracts, until: UNTIL };
  for (const event of playHistory(plan, new Map())) {
    versions.set(event.stream, event.version);
    if (event.type === 'ContractRegistered') registered.push(event);
    yield event;
  }
  for (const [i, event] of registered.entries()) {
    const version = (versions.get(event.stream) ?? 0) + 1;
    if (i % IN_ALL < AMENDED) yield changeOf(event, version, 'amend');
    else if (i % IN_ALL < CANCELLED) yield changeOf(event, version, 'leave');
  }
}

const openEmptyLog = async (pool: pg.Pool): Promise<void> => {
  await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
  const db = openDatabase<LogDeskTables>(pool);
  const queue = createAppendQueue(pool);
  const sources = { newId: () => idOf('opening'), newSalt: () => digest(''), now: () => null };
  await openLog({ db, queue, sources }, 'synthetic');
  await queue.close();
};

/** Writes the market into an empty database; the number of its events. */
export const writeMarket = async (pool: pg.Pool, contracts: number): Promise<number> => {
  await openEmptyLog(pool);
  let batch: BulkEvent[] = [];
  let written = 1;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await appendBulk(pool, batch);
    written += batch.length;
    batch = [];
  };
  for (const event of eventsOf(contracts)) {
    batch.push(event);
    if (batch.length === BULK_EVENTS_MAX) await flush();
  }
  await flush();
  await pool.query('vacuum (analyze) log, private_part');
  await pool.query('checkpoint');
  return written;
};

const PAGE = 2_000;

/** The auditor's export of the whole log, as the ledger sends it. */
export const exportMarket = async (pool: pg.Pool, path: string): Promise<void> => {
  const db = openDatabase<LogDeskTables>(pool);
  const file = createWriteStream(path);
  for (let after = 0; ; ) {
    const items = await readProven(db, after, Number.MAX_SAFE_INTEGER, PAGE);
    const last = items.at(-1);
    if (!last) break;
    const text = items.map((item) => `${JSON.stringify(item)}\n`).join('');
    if (!file.write(text)) await once(file, 'drain');
    after = last.seq;
  }
  file.end();
  await once(file, 'finish');
};
