import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Checkpoint, checkpointText, originOf } from '../checkpoint.ts';
import { commitmentOf, leafHash } from '../hash.ts';
import { signerOf, signNote } from '../note.ts';
import { rootOf } from '../tree.ts';
import { createExportCheck } from './export-check.ts';
import { collectFindings, type Finding } from './findings.ts';
import { openHeads } from './heads.ts';

interface Row {
  readonly seq: number;
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: string | null;
  readonly private: string | null;
}

const rowOf = (seq: number, data = `{"name":"技术 ${seq}"}`): Row => {
  const salt = Buffer.alloc(32, seq % 251);
  const body = seq % 3 === 0 ? `{"title":"合同 ${seq}"}` : null;
  const commit = body === null ? 'null' : `"${commitmentOf(salt, body).toString('hex')}"`;
  const text = seq === 1 ? '{"kind":"synthetic","city":"suzhou"}' : data;
  const envelope =
    `{"seq":${seq},"recordedAt":"2026-11-29T00:00:00.000Z","stream":"log","version":${seq},` +
    `"type":"T","schema":1,"id":"x","actor":{},"data":${text},"commit":${commit}}`;
  return {
    ...{ seq, envelope, leaf: leafHash(envelope).toString('hex') },
    salt: body === null ? null : salt.toString('hex'),
    private: body,
  };
};

const SIZE = 600;
const ROWS = Array.from({ length: SIZE }, (_, i) => rowOf(i + 1));
const FIRST = ROWS[0] as Row;
const ORIGIN = originOf('suzhou', 'synthetic', Buffer.from(FIRST.leaf, 'hex'));
const headOf = (size: number, rows: readonly Row[] = ROWS): Checkpoint => ({
  ...{ origin: ORIGIN, size, kind: 'synthetic', recordedAt: '2026-11-29T00:00:00.000Z' },
  root: rootOf(rows.slice(0, size).map((row) => Buffer.from(row.leaf, 'hex'))),
});
const HEADS = [100, 256, 400, SIZE].map((size) => headOf(size));

const linesOf = (rows: readonly Row[]): Buffer[] =>
  rows.map((row) => Buffer.from(JSON.stringify(row)));
const check = (lines: readonly Buffer[], heads: readonly Checkpoint[] = HEADS) => {
  const findings = collectFindings();
  const one = createExportCheck(heads, findings);
  for (const line of lines) one.line(line);
  return { ...one.end(), findings: findings.all() };
};
const found = (rows: readonly Row[]): readonly Finding[] => check(linesOf(rows)).findings;
const at = (seq: number): Row => ROWS[seq - 1] as Row;
const replaced = (seq: number, row: Partial<Row>): Row[] =>
  ROWS.map((one) => (one.seq === seq ? { ...one, ...row } : one));
const hashed = (row: Row): Row => ({ ...row, leaf: leafHash(row.envelope).toString('hex') });

const PLACES = [1, 2, 3, 99, 100, 101, 255, 256, 257, 512, 599, 600];

test('an untouched export is sound', () => {
  expect(check(linesOf(ROWS))).toStrictEqual({ events: SIZE, erased: 0, findings: [] });
});

describe.each(PLACES)('at event %i', (seq) => {
  test('one altered letter is located, with what it was', () => {
    const { envelope } = at(seq);
    const byte = envelope.indexOf('"stream":"log"') + 10;
    const bent = `${envelope.slice(0, byte)}m${envelope.slice(byte + 1)}`;
    expect(found(replaced(seq, { envelope: bent }))).toStrictEqual([
      { kind: 'byte-altered', seq, part: 'envelope', byte, is: '6d', was: '6c' },
    ]);
  });

  test('an event altered in two places is named', () => {
    const envelope = at(seq).envelope.replace('"log"', '"lag"').replace('"T"', '"U"');
    const findings = found(replaced(seq, { envelope }));
    expect(findings.at(-1)).toStrictEqual({ kind: 'event-altered', seq });
    // The first event names the log: altered beyond repair, it names another.
    expect(findings).toHaveLength(seq === 1 ? 2 : 1);
  });

  test('an altered leaf is told from an altered event', () => {
    const leaf = `${at(seq).leaf.slice(0, 62)}${at(seq).leaf.endsWith('00') ? '01' : '00'}`;
    expect(found(replaced(seq, { leaf }))).toMatchObject([
      { kind: 'leaf-altered', seq, part: 'leaf', byte: 31 },
    ]);
    const other = leafHash('quite another').toString('hex');
    expect(found(replaced(seq, { leaf: other }))).toStrictEqual([{ kind: 'leaf-altered', seq }]);
  });

  test('an event that was rewritten with its leaf lies between two heads', () => {
    const rewritten = hashed({ ...at(seq), envelope: at(seq).envelope.replace('"T"', '"U"') });
    const to = HEADS.find((head) => head.size >= seq)?.size;
    const before = HEADS.filter((head) => head.size < seq).at(-1)?.size ?? 0;
    const findings = found(replaced(seq, rewritten)).filter(
      ({ kind }) => kind !== 'origin-differs',
    );
    expect(findings).toStrictEqual([{ kind: 'root-differs', seq: before + 1, to }]);
  });

  test('a dropped event is missed', () => {
    const rows = ROWS.filter((row) => row.seq !== seq);
    const expected =
      seq === SIZE ? { kind: 'tail-missing', seq, to: SIZE } : { kind: 'event-missing', seq };
    expect(found(rows)).toStrictEqual([expected]);
  });

  test('a doubled event is named', () => {
    const rows = ROWS.flatMap((row) => (row.seq === seq ? [row, row] : [row]));
    expect(found(rows)).toStrictEqual([{ kind: 'event-doubled', seq }]);
  });

  test('an event that was added in its place is named', () => {
    const rows = ROWS.flatMap((row) =>
      row.seq === seq ? [row, rowOf(seq, '{"added":1}')] : [row],
    );
    expect(found(rows)).toStrictEqual([{ kind: 'event-doubled', seq }]);
  });
});

describe('order', () => {
  test.each([2, 255, 256, 599])('event %i before its forerunner', (seq) => {
    const rows = [...ROWS];
    [rows[seq - 2], rows[seq - 1]] = [at(seq), at(seq - 1)];
    expect(found(rows)).toStrictEqual([{ kind: 'event-out-of-order', seq }]);
  });

  test('an event moved far back, and one moved far on', () => {
    const without = (seq: number): Row[] => ROWS.filter((row) => row.seq !== seq);
    const early = [...without(500).slice(0, 9), at(500), ...without(500).slice(9)];
    expect(found(early)).toStrictEqual([{ kind: 'event-out-of-order', seq: 500 }]);
    const late = [...without(10).slice(0, 499), at(10), ...without(10).slice(499)];
    expect(found(late)).toStrictEqual([{ kind: 'event-out-of-order', seq: 10 }]);
  });
});

describe('the end', () => {
  test('a cut tail is missed, up to the last head', () => {
    expect(found(ROWS.slice(0, 450))).toStrictEqual([{ kind: 'tail-missing', seq: 451, to: SIZE }]);
    expect(found([])).toStrictEqual([{ kind: 'tail-missing', seq: 1, to: SIZE }]);
  });

  test('an event added behind the last head is covered by none', () => {
    expect(found([...ROWS, rowOf(SIZE + 1)])).toStrictEqual([
      { kind: 'tail-uncovered', seq: SIZE + 1, to: SIZE + 1 },
    ]);
  });
});

describe('private parts', () => {
  test('one altered byte of a private part, and of its salt, is located', () => {
    const { private: body, salt } = at(255);
    const title = (body ?? '').replace('title', 'tiule');
    expect(found(replaced(255, { private: title }))).toStrictEqual([
      { kind: 'private-altered', seq: 255, part: 'private', byte: 4, is: '75', was: '74' },
    ]);
    expect(found(replaced(255, { salt: `ff${(salt ?? '').slice(2)}` }))).toMatchObject([
      { kind: 'private-altered', seq: 255, part: 'salt', byte: 0, is: 'ff' },
    ]);
  });

  test('another private part, and one where there is none, are named', () => {
    const other = at(258);
    const foreign = { private: other.private, salt: other.salt };
    expect(found(replaced(255, foreign))).toStrictEqual([{ kind: 'private-altered', seq: 255 }]);
    expect(found(replaced(256, foreign))).toStrictEqual([{ kind: 'private-unexpected', seq: 256 }]);
  });
});

describe('altered bytes of the file', () => {
  const bent = (seq: number, byte: (line: Buffer) => number, value: number): Buffer[] => {
    const lines = linesOf(ROWS);
    const line = Buffer.from(lines[seq - 1] as Buffer);
    line[byte(line)] = value;
    lines[seq - 1] = line;
    return lines;
  };
  const chinese = (line: Buffer): number => line.indexOf(Buffer.from('术'));

  test('a byte that is no text any more is located in the event', () => {
    const byte = Buffer.from(at(256).envelope).indexOf(Buffer.from('术'));
    expect(check(bent(256, chinese, 0x41)).findings).toMatchObject([
      { kind: 'byte-altered', seq: 256, byte, is: '41', was: 'e6' },
    ]);
  });

  test('a byte that breaks the line is located all the same', () => {
    expect(check(bent(256, chinese, 0x07)).findings).toMatchObject([
      { kind: 'byte-altered', seq: 256, is: '07', was: 'e6' },
    ]);
  });

  test('a line that is no line is named by its place', () => {
    const lines = linesOf(ROWS);
    lines[255] = Buffer.from('nothing');
    expect(check(lines).findings[0]).toStrictEqual({ kind: 'line-unreadable', seq: 256 });
  });

  test('a line under another number is named', () => {
    expect(found(replaced(256, { seq: 999 }))).toStrictEqual([{ kind: 'seq-differs', seq: 256 }]);
  });
});

describe('heads', () => {
  const signer = signerOf(
    ORIGIN,
    generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
  );
  const note = (head: Checkpoint): string => signNote(checkpointText(head), signer);
  const opened = (notes: readonly string[]) => {
    const findings = collectFindings();
    openHeads(notes, [signer.verifier], findings);
    return findings.all();
  };

  test('two heads of one size with two roots are a split view', () => {
    const other = headOf(256, replaced(9, hashed({ ...at(9), envelope: '{}' })));
    expect(opened([note(headOf(256)), note(headOf(400)), note(headOf(256))])).toStrictEqual([]);
    expect(opened([note(headOf(256)), note(other)])).toStrictEqual([
      { kind: 'heads-contradict', seq: 256 },
    ]);
  });

  test('a head that is not signed by the key, or of another log, does not count', () => {
    expect(opened([note(headOf(256)).replace('\n256\n', '\n257\n')])).toStrictEqual([
      { kind: 'head-refused', seq: null },
    ]);
    const foreign = { ...headOf(400), origin: 'jishi/other/synthetic/0' };
    expect(opened([note(headOf(256)), note(foreign)])).toStrictEqual([
      { kind: 'origin-differs', seq: 400 },
    ]);
  });
});
