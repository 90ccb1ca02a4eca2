import { Envelope } from '@jishi/contracts/ledger/envelope';
import { commitmentOf, leafHash } from '@jishi/proof/hash';
import type pg from 'pg';
import { type CrashCommand, commandOf, numberIn, orgOf } from './commands.ts';
import { SEEN_TABLE } from './tasks.ts';

const PAGE_ROWS = 2_000;
const FAULTS_TOLD_MAX = 10;

export interface Placed {
  readonly first: number;
  readonly last: number;
  readonly version: number;
}

export interface LogReport {
  readonly events: number;
  /** Sequence, version or recorded time out of order. */
  gaps: number;
  /** Parts of one command that stand apart or twice. */
  doubled: number;
  /** Rows that are not what the writer sent. */
  differing: number;
  /** Leaves that do not fit their envelope, private parts that do not fit their commitment. */
  unproven: number;
  /** Keys that two streams hold, or that nobody holds though a command claimed them. */
  claims: number;
  /** The first few, in words. */
  readonly faults: readonly string[];
  /** Per writer, by number of the command. */
  readonly commands: readonly Map<number, Placed>[];
  readonly leaves: readonly Buffer[];
}

interface Row {
  readonly seq: bigint;
  readonly stream: string;
  readonly version: bigint;
  readonly command_org: string;
  readonly command_id: string;
  readonly command_part: number;
  readonly command_hash: Buffer;
  readonly type: string;
  readonly envelope: string;
  readonly leaf: Buffer;
  readonly recorded_at: string;
  readonly salt: Buffer | null;
  readonly body: string | null;
}

/** What of a row is not as its writer sent it; empty when all is. */
const differences = (row: Row, envelope: Envelope, command: CrashCommand): string[] => {
  const event = command.events[row.command_part - 1];
  if (!event) return ['part'];
  const told: readonly (readonly [name: string, same: boolean])[] = [
    ['hash', row.command_hash.equals(command.hash)],
    ['stream', row.stream === command.stream && envelope.stream === command.stream],
    ['type', row.type === event.type && envelope.type === event.type],
    ['id', envelope.id === event.id],
    ['data', row.envelope.includes(`"data":${event.data},"commit":`)],
    ['seq', envelope.seq === Number(row.seq)],
    ['version', envelope.version === Number(row.version)],
    ['recordedAt', envelope.recordedAt === row.recorded_at],
    ['private', row.body === (event.private?.body ?? null)],
    ['salt', (row.salt?.toString('hex') ?? '') === (event.private?.salt.toString('hex') ?? '')],
  ];
  return told.filter(([, same]) => !same).map(([name]) => name);
};

const isProven = (row: Row, envelope: Envelope): boolean => {
  const hidden = row.salt && row.body !== null ? commitmentOf(row.salt, row.body) : null;
  const commit = hidden?.toString('hex') ?? null;
  return row.leaf.equals(leafHash(row.envelope)) && envelope.commit === commit;
};

const readPage = async (pool: pg.Pool, after: number): Promise<Row[]> => {
  const { rows } = await pool.query<Row>(
    `select l.*, p.salt, p.body from log l left join private_part p using (seq)
     where l.seq > $1 order by l.seq limit ${PAGE_ROWS}`,
    [after],
  );
  return rows;
};

/** Reads the whole log and holds every row against what its writer must have sent. */
export const auditLog = async (
  pool: pg.Pool,
  seed: number,
  writers: number,
): Promise<LogReport> => {
  const commands = Array.from({ length: writers }, () => new Map<number, Placed>());
  const writerOf = new Map(commands.map((_, writer) => [orgOf(writer), writer]));
  const versions = new Map<string, number>();
  const keys = new Map<string, string>();
  const leaves: Buffer[] = [];
  const report = { gaps: 0, doubled: 0, differing: 0, unproven: 0, claims: 0 };
  const faults: string[] = [];
  const fault = (kind: keyof typeof report, text: string): void => {
    report[kind] += 1;
    if (faults.length < FAULTS_TOLD_MAX) faults.push(`${kind}: ${text}`);
  };
  let lastAt = '';

  const placeCommand = (row: Row, writer: number, command: CrashCommand): void => {
    const n = numberIn(row.command_id);
    const [seq, version] = [Number(row.seq), Number(row.version)];
    const place = commands[writer]?.get(n);
    const follows = place ? place.last + 1 === seq : row.command_part === 1;
    if (!follows || row.command_part > command.events.length) {
      fault('doubled', `command ${row.command_id} at ${seq}`);
    }
    commands[writer]?.set(n, { first: place?.first ?? seq, last: seq, version });
    for (const { key } of command.claims) {
      const holder = keys.get(key) ?? row.stream;
      keys.set(key, holder);
      if (holder !== row.stream) fault('claims', `${key} of ${holder} and of ${row.stream}`);
    }
  };

  const take = (row: Row): void => {
    const seq = Number(row.seq);
    const envelope = Envelope.safeParse(JSON.parse(row.envelope)).data;
    if (seq !== leaves.length + 1) fault('gaps', `sequence ${seq} after ${leaves.length}`);
    if (Number(row.version) !== (versions.get(row.stream) ?? 0) + 1) {
      fault('gaps', `version ${row.version} of ${row.stream} at ${seq}`);
    }
    if (row.recorded_at < lastAt) fault('gaps', `recorded time goes back at ${seq}`);
    versions.set(row.stream, Number(row.version));
    lastAt = row.recorded_at;
    leaves.push(row.leaf);
    if (!envelope || !isProven(row, envelope)) fault('unproven', `sequence ${seq}`);
    if (seq === 1 && row.type === 'LogOpened') return;
    const writer = writerOf.get(row.command_org);
    if (writer === undefined || !envelope) {
      fault('differing', `sequence ${seq} is of nobody`);
      return;
    }
    const command = commandOf(seed, writer, numberIn(row.command_id));
    if (row.command_id !== command.id) fault('differing', `sequence ${seq}: command id`);
    const differs = differences(row, envelope, command);
    if (differs.length > 0) fault('differing', `sequence ${seq}: ${differs.join(', ')}`);
    placeCommand(row, writer, command);
  };

  for (let page = await readPage(pool, 0); page.length > 0; ) {
    for (const row of page) take(row);
    page = await readPage(pool, Number(page.at(-1)?.seq));
  }
  const held = await pool.query<{ key: string; stream: string }>('select key, stream from claim');
  const table = new Map(held.rows.map((row) => [row.key, row.stream]));
  for (const [key, stream] of keys) {
    if (table.get(key) !== stream) fault('claims', `${key} is of ${stream} in the log alone`);
  }
  if (table.size !== keys.size) fault('claims', `${table.size} keys held, ${keys.size} claimed`);
  const { rows } = await pool.query<{ seq: bigint }>('select seq from log_head');
  if (Number(rows[0]?.seq) !== leaves.length) fault('gaps', 'the head is not the last event');
  return { ...report, events: leaves.length, faults, commands, leaves };
};

export interface ConsumersReport {
  readonly seen: number;
  readonly missing: number;
  readonly twice: number;
  readonly outOfOrder: number;
  readonly otherBytes: number;
  /** How much each of them took. */
  readonly shares: readonly number[];
}

/** The consumers together saw 1 … N, each once, in order, with the bytes of the log. */
export const auditConsumers = async (pool: pg.Pool): Promise<ConsumersReport> => {
  const { rows } = await pool.query<Record<string, bigint | null>>(`
    with seen as (select s.*, lag(s.seq) over (order by s.place) as previous from ${SEEN_TABLE} s)
    select count(*) as seen,
      (select count(*) from log l where not exists
        (select from ${SEEN_TABLE} s where s.seq = l.seq)) as missing,
      count(*) - count(distinct seen.seq) as twice,
      count(*) filter (where seen.seq <> coalesce(seen.previous, 0) + 1) as out_of_order,
      count(*) filter (where l.leaf is distinct from seen.leaf) as other_bytes
    from seen left join log l on l.seq = seen.seq`);
  const shares = await pool.query<{ count: bigint }>(
    `select count(*) from ${SEEN_TABLE} group by consumer order by consumer`,
  );
  const count = (name: string): number => Number(rows[0]?.[name] ?? 0n);
  return {
    seen: count('seen'),
    missing: count('missing'),
    twice: count('twice'),
    outOfOrder: count('out_of_order'),
    otherBytes: count('other_bytes'),
    shares: shares.rows.map((row) => Number(row.count)),
  };
};
