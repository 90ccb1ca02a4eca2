import { type Checkpoint, parseCheckpoint } from '../checkpoint.ts';
import { sameHash } from '../hash.ts';
import { openNote, type Verifier } from '../note.ts';
import { notesOf } from '../note-file.ts';
import type { Findings } from './findings.ts';

interface WithNote {
  readonly note?: unknown;
  readonly items?: readonly WithNote[];
}

/** What holds no head, an error that was saved for one, must not pass for a head compared. */
const notesIn = (value: WithNote): string[] => {
  if (typeof value.note === 'string') return [value.note];
  const { items } = value;
  if (Array.isArray(items) && items.length > 0) return items.flatMap(notesIn);
  throw new Error('文件中没有签名账本头 · there is no signed head in the file');
};

const valuesIn = (text: string): WithNote[] => {
  try {
    return [JSON.parse(text) as WithNote];
  } catch {
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as WithNote);
  }
};

/** A file of notes, one note, or answers of the heads' endpoints: one JSON, or one a line. */
export const notesInFile = (text: string): string[] => {
  if (!text.startsWith('{')) {
    const notes = notesOf(text.endsWith('\n\n') ? text : `${text}\n`);
    return notes.length > 0 ? notes : [text];
  }
  return valuesIn(text).flatMap(notesIn);
};

/** Opens every head, and looks for two that cannot both be true. Sorted by size, one per size. */
export const openHeads = (
  notes: readonly string[],
  verifiers: readonly Verifier[],
  findings: Findings,
): Checkpoint[] => {
  const bySize = new Map<number, Checkpoint>();
  let origin: string | undefined;
  for (const note of notes) {
    try {
      const head = parseCheckpoint(openNote(note, verifiers).text);
      origin ??= head.origin;
      const other = bySize.get(head.size);
      if (head.origin !== origin) findings.add({ kind: 'origin-differs', seq: head.size });
      else if (!other) bySize.set(head.size, head);
      else if (!sameHash(other.root, head.root)) {
        findings.add({ kind: 'heads-contradict', seq: head.size });
      }
    } catch {
      findings.add({ kind: 'head-refused', seq: null });
    }
  }
  return [...bySize.values()].sort((a, b) => a.size - b.size);
};
