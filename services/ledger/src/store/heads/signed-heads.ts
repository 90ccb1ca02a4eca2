import type { SignedHead } from '@jishi/contracts/ledger/proofs';
import type { Instant } from '@jishi/contracts/time';
import { parseCheckpoint } from '@jishi/proof/checkpoint';
import { textOfNote } from '@jishi/proof/note';
import type { Queryable } from './entries.ts';

interface HeadRow {
  readonly note: string;
  readonly key_name: string;
  readonly verifier_key: string;
}

const COLUMNS = 'note, key_name, verifier_key';

/** What a row says is read from its note: the columns beside it only find it. */
const headOf = (row: HeadRow): SignedHead => {
  const { size, root, recordedAt, kind } = parseCheckpoint(textOfNote(row.note));
  return {
    ...{ note: row.note, size, root: Buffer.from(root).toString('hex'), recordedAt, kind },
    ...{ keyName: row.key_name, verifierKey: row.verifier_key },
  };
};

export const readLatestHead = async (db: Queryable): Promise<SignedHead | null> => {
  const { rows } = await db.query<HeadRow>(
    `select ${COLUMNS} from signed_head order by size desc limit 1`,
  );
  return rows[0] ? headOf(rows[0]) : null;
};

export const readHeadOfSize = async (db: Queryable, size: number): Promise<SignedHead | null> => {
  const { rows } = await db.query<HeadRow>(`select ${COLUMNS} from signed_head where size = $1`, [
    size,
  ]);
  return rows[0] ? headOf(rows[0]) : null;
};

export interface HeadsAsked {
  readonly before?: number | undefined;
  readonly at?: Instant | undefined;
  readonly limit: number;
}

/** Newest first. */
export const listHeads = async (
  db: Queryable,
  { before, at, limit }: HeadsAsked,
): Promise<SignedHead[]> => {
  const { rows } = await db.query<HeadRow>(
    `select ${COLUMNS} from signed_head
     where ($1::bigint is null or size < $1) and ($2::timestamptz is null or recorded_at <= $2)
     order by size desc limit $3`,
    [before ?? null, at ?? null, limit],
  );
  return rows.map(headOf);
};

/** One head per size: a second one of that size, equal or not, is not written. */
export const insertHead = async (db: Queryable, head: SignedHead): Promise<void> => {
  await db.query(
    `insert into signed_head (size, root, recorded_at, key_name, verifier_key, note)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      ...[head.size, Buffer.from(head.root, 'hex'), head.recordedAt],
      ...[head.keyName, head.verifierKey, head.note],
    ],
  );
};

export const listKeys = async (db: Queryable) => {
  const { rows } = await db.query<{
    keyName: string;
    verifierKey: string;
    firstSize: number;
    lastSize: number;
  }>(
    `select key_name as "keyName", verifier_key as "verifierKey",
       min(size)::float8 as "firstSize", max(size)::float8 as "lastSize"
     from signed_head group by 1, 2 order by 3`,
  );
  return rows;
};
