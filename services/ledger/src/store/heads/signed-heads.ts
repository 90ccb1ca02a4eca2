import type { SignedHead } from '@jishi/contracts/ledger/proofs';
import type { Instant } from '@jishi/contracts/time';
import { parseCheckpoint } from '@jishi/proof/checkpoint';
import { openNote, parseVerifierKey, type Verifier } from '@jishi/proof/note';
import { type Queryable, readHeadSeq } from './entries.ts';

interface HeadRow {
  readonly size: number;
  readonly note: string;
  readonly key_name: string;
  readonly verifier_key: string;
}

const COLUMNS = 'size::float8 as size, note, key_name, verifier_key';
const PAGE_ROWS = 100;
const PAGES_MAX = 100;

export interface HeadsAsked {
  readonly before?: number | undefined;
  readonly at?: Instant | undefined;
  readonly limit: number;
}

export interface HeadReader {
  readonly latest: () => Promise<SignedHead | null>;
  readonly ofSize: (size: number) => Promise<SignedHead | null>;
  /** Newest first; `next` is the size that the next page comes before. */
  readonly list: (asked: HeadsAsked) => Promise<{ items: SignedHead[]; next: number | null }>;
}

/**
 * What a row says is read from its note, once the signature is opened: rows can be inserted by
 * whoever may serve. Null when the note is not what that key signed for a log of that size.
 */
const openHead = (row: HeadRow, trusted: Verifier | null): SignedHead | null => {
  try {
    const verifier = trusted ?? parseVerifierKey(row.verifier_key);
    const { text } = openNote(row.note, [verifier]);
    const { origin, size, root, recordedAt, kind } = parseCheckpoint(text);
    if (size !== row.size || origin !== verifier.name) return null;
    return {
      ...{ note: row.note, size, root: Buffer.from(root).toString('hex'), recordedAt, kind },
      ...{ keyName: verifier.name, verifierKey: verifier.text },
    };
  } catch {
    return null;
  }
};

const READ_HEADS = `
  select ${COLUMNS} from signed_head
  where ($1::bigint is null or size < $1) and ($2::timestamptz is null or recorded_at <= $2)
    and size <= coalesce($3::bigint, ${Number.MAX_SAFE_INTEGER})
  order by signed_head.size desc limit $4`;

/**
 * The signed heads; rows that do not open are as if they were not there. Without a key of one's
 * own each is opened with the key it names, and none is longer than the log.
 */
export const readHeads = (db: Queryable, trusted: Verifier | null): HeadReader => {
  const rowsOf = async ({ before, at, limit }: HeadsAsked): Promise<HeadRow[]> => {
    const sizeMax = trusted ? null : await readHeadSeq(db);
    const values = [before ?? null, at ?? null, sizeMax, limit];
    return (await db.query<HeadRow>(READ_HEADS, values)).rows;
  };
  const opened = (rows: readonly HeadRow[]): SignedHead[] =>
    rows.map((row) => openHead(row, trusted)).filter((head) => head !== null);
  return {
    latest: async () => {
      let before: number | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        // Nearly always the newest row is good.
        const limit = page === 0 ? 1 : PAGE_ROWS;
        const rows = await rowsOf({ before, limit });
        const [latest] = opened(rows);
        if (latest || rows.length < limit) return latest ?? null;
        before = rows.at(-1)?.size;
      }
      return null;
    },
    ofSize: async (size) =>
      opened(await rowsOf({ before: size + 1, limit: 1 })).find((head) => head.size === size) ??
      null,
    list: async (asked) => {
      const rows = await rowsOf(asked);
      const next = rows.length === asked.limit ? (rows.at(-1)?.size ?? null) : null;
      return { items: opened(rows), next };
    },
  };
};

export interface StoredHead {
  readonly size: number;
  readonly verifierKey: string;
  /** Whether this key signed it. */
  readonly isOurs: boolean;
}

/** The newest row, whatever it holds: for the signer, which stops at one it did not sign. */
export const readNewestRow = async (
  db: Queryable,
  verifier: Verifier,
): Promise<StoredHead | null> => {
  const { rows } = await db.query<HeadRow>(
    `select ${COLUMNS} from signed_head order by signed_head.size desc limit 1`,
  );
  const [row] = rows;
  if (!row) return null;
  const isOurs = openHead(row, verifier) !== null;
  return { size: row.size, verifierKey: row.verifier_key, isOurs };
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

/** The keys of heads up to the latest good one; a row under another key is not told of. */
export const listKeys = async (db: Queryable, latest: SignedHead | null) => {
  if (!latest) return [];
  const { rows } = await db.query<{
    keyName: string;
    verifierKey: string;
    firstSize: number;
    lastSize: number;
  }>(
    `select key_name as "keyName", verifier_key as "verifierKey",
       min(size)::float8 as "firstSize", max(size)::float8 as "lastSize"
     from signed_head where verifier_key = $1 and key_name = $2 and size <= $3 group by 1, 2`,
    [latest.verifierKey, latest.keyName, latest.size],
  );
  return rows;
};
