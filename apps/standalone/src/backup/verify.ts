import { StartRefused } from '@jishi/runtime/config';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { booksState } from '@jishi/subsidy/store/books';
import type { SubsidyTables } from '@jishi/subsidy/store/tables';
import pg from 'pg';
import { rootOfLog } from './log-head.ts';
import type { Manifest } from './manifest.ts';

const refuse = (zh: string, en: string): never => {
  throw new StartRefused(`恢复的数据有误：${zh} · the restored data is wrong: ${en}`);
};

interface LogCounts {
  readonly events: string;
  readonly last: string;
  readonly head: string;
  readonly leaves: string;
  readonly commitments: string;
  readonly versions: string;
  readonly cursors: string;
}

/** Counts what must be none; private parts that were erased before stay erased. */
const LOG_FAULTS = `select
  (select count(*) from log) as events, (select coalesce(max(seq), 0) from log) as last,
  (select seq from log_head) as head,
  (select count(*) from log where leaf <> ledger_leaf(envelope)) as leaves,
  (select count(*) from log join private_part p using (seq)
    where (envelope::json->>'commit') is distinct from
      encode(sha256(p.salt || convert_to(p.body, 'UTF8')), 'hex')) as commitments,
  (select count(*) from (select version, row_number() over (partition by stream order by version)
    as place from log) v where version <> place) as versions,
  (select count(*) from consumer_cursor where seq > (select seq from log_head)) as cursors`;

const verifyLog = async (client: pg.Client, log: Manifest['log']): Promise<void> => {
  const { rows } = await client.query<LogCounts>(LOG_FAULTS);
  const [found] = rows;
  if (!found) throw new Error('no answer about the log');
  const size = String(log.size);
  if (found.events !== size || found.last !== size || found.head !== size) {
    refuse('账本条数不符', `the log has ${found.events} events up to ${found.last}, not ${size}`);
  }
  if (found.versions !== '0') refuse('账本版本不连续', 'versions of streams are not dense');
  if (found.leaves !== '0') refuse('账本哈希不符', `${found.leaves} leaves do not fit`);
  if (found.commitments !== '0') {
    refuse('非公开部分不符', `${found.commitments} private parts do not fit their commitments`);
  }
  const { root } = await rootOfLog(client);
  if (root !== log.root) refuse('账本根哈希不符', `the root is ${root}, not ${log.root}`);
  if (found.cursors !== '0') refuse('读取位置超出账本', 'a consumer is ahead of the log');
};

export const connected = async <T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString: url, application_name: 'jishi-restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const verifySubsidy = async (url: string, size: number): Promise<void> => {
  const pool = openPool({ url, poolSize: 1, applicationName: 'jishi-restore' });
  try {
    const books = await booksState(openDatabase<SubsidyTables>(pool));
    if (!books.isBalanced) refuse('补贴账目不平', 'the books of the subsidy do not balance');
    const { rows } = await pool.query('select name from feed_cursor where seq > $1', [size]);
    if (rows.length > 0) refuse('读取位置超出账本', 'subsidy is ahead of the log');
  } finally {
    await pool.end();
  }
};

/** The log is whole and has the backup's root, the books balance, nobody is ahead of the log. */
export const verifyRestored = async (
  urls: { readonly ledger: string; readonly subsidy: string },
  { log }: Manifest,
): Promise<void> => {
  await connected(urls.ledger, (client) => verifyLog(client, log));
  await verifySubsidy(urls.subsidy, log.size);
};
