import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** What the sessions of one service were seen doing. */
export interface SessionsSeen {
  /** Mean and largest number of sessions that had a transaction open. */
  readonly busyMean: number;
  readonly busyMax: number;
  /** What busy sessions waited for, in percent of all that was seen of them. */
  readonly waits: Readonly<Record<string, number>>;
}

export type Sessions = Readonly<Record<string, SessionsSeen>>;

const SAMPLE_MS = 250;
const WAITS_SHOWN = 4;

const SAMPLE = `
  select application_name as name, state,
    coalesce(wait_event_type || ':' || wait_event, 'running') as wait, count(*)::int as count
  from pg_stat_activity
  where backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid()
  group by 1, 2, 3`;

interface SampleRow {
  readonly name: string;
  readonly state: string;
  readonly wait: string;
  readonly count: number;
}

export const readPostmasterPid = async (dataDir: string): Promise<number | null> => {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]) || null;
};

/** To the throw-away server that this run has started, as its own administrator. */
const connect = async (dataDir: string): Promise<pg.Client> => {
  const lines = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  const port = Number(lines.split('\n')[3]);
  const password = await readFile(join(dataDir, 'keys', 'postgres-password'), 'utf8');
  const given = { host: '127.0.0.1', port, user: 'postgres', password: password.trim() };
  const client = new pg.Client({ ...given, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  return client;
};

const seenOf = (samples: readonly (readonly SampleRow[])[], name: string): SessionsSeen => {
  const counts = samples.map((rows) =>
    rows.filter((row) => row.name === name).reduce((sum, { count }) => sum + count, 0),
  );
  const waits = new Map<string, number>();
  let total = 0;
  for (const row of samples.flat().filter((r) => r.name === name)) {
    const wait = row.state === 'idle in transaction' ? 'between statements' : row.wait;
    waits.set(wait, (waits.get(wait) ?? 0) + row.count);
    total += row.count;
  }
  const shown = [...waits].sort(([, a], [, b]) => b - a).slice(0, WAITS_SHOWN);
  return {
    busyMean: counts.reduce((sum, count) => sum + count, 0) / Math.max(counts.length, 1),
    busyMax: Math.max(0, ...counts),
    waits: Object.fromEntries(shown.map(([wait, count]) => [wait, (count / total) * 100])),
  };
};

/** Looks four times a second at what the services' sessions do, until asked for the result. */
export const watchSessions = async (dataDir: string): Promise<() => Promise<Sessions>> => {
  const client = await connect(dataDir);
  const samples: SampleRow[][] = [];
  const timer = setInterval(() => {
    client.query<SampleRow>(SAMPLE).then(
      ({ rows }) => samples.push(rows),
      () => {},
    );
  }, SAMPLE_MS);
  return async () => {
    clearInterval(timer);
    await client.end().catch(() => {});
    const names = [...new Set(samples.flat().map(({ name }) => name))];
    const ours = names.filter((name) => name.startsWith('jishi')).sort();
    return Object.fromEntries(ours.map((name) => [name, seenOf(samples, name)]));
  };
};
