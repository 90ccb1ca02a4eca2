import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { notesOf } from '@jishi/proof/note-file';

/**
 * The heads kept outside the database: an append-only text file of notes with an empty line after
 * each. Whoever restores or rewrites the database cannot make it forget.
 */
export interface KeptNotes {
  /** The last whole note; null when there is none. */
  readonly last: () => Promise<string | null>;
  /** On the disk when it returns. */
  readonly append: (note: string) => Promise<void>;
}

const SEPARATOR = '\n\n';
const TAIL_BYTES = 8_192;

/** Where the last whole note ends: a note torn by a crash was never published. */
const wholeLength = (text: string): number => {
  const whole = notesOf(text).map((note) => Buffer.byteLength(note) + 1);
  return whole.reduce((sum, length) => sum + length, 0);
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** The last note is looked for in the file's end; notes are a few hundred bytes. */
const readTail = async (path: string): Promise<string> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, from);
    const tail = buffer.subarray(0, bytesRead).toString('utf8');
    if (from === 0) return tail;
    // The cut may lie inside a note: go on from the first one that begins in the tail.
    const start = tail.search(/\n\n(?!—)/u);
    return start < 0 ? '' : tail.slice(start + SEPARATOR.length);
  } finally {
    await file.close();
  }
};

/** Cuts off what a crash left of a note; only whoever holds the signers' lock may. */
const cutTorn = async (path: string): Promise<void> => {
  const text = await readFile(path, 'utf8');
  const file = await open(path, 'r+');
  try {
    await file.truncate(wholeLength(text));
    await file.sync();
  } finally {
    await file.close();
  }
};

export const openKeptNotes = async (path: string): Promise<KeptNotes> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const created = await open(path, 'a', 0o600);
  await created.close();
  await syncFolder(dirname(path));
  return {
    last: async () => notesOf(await readTail(path)).at(-1) ?? null,
    append: async (note) => {
      const tail = await readTail(path);
      if (tail !== '' && !tail.endsWith(SEPARATOR)) await cutTorn(path);
      const file = await open(path, 'a', 0o600);
      try {
        await file.writeFile(`${note}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
};
