import { expect, test } from 'vitest';
import { type Checkpoint, originOf } from '../checkpoint.ts';
import { commitmentOf, leafHash } from '../hash.ts';
import { rootOf } from '../tree.ts';
import { createExportCheck } from './export-check.ts';
import { collectFindings } from './findings.ts';

interface Row {
  readonly seq: number;
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: unknown;
  readonly private: unknown;
}

const rowOf = (seq: number, type: string, data: string, body: string | null): Row => {
  const salt = Buffer.alloc(32, 0xa0 + seq);
  const commit = body === null ? 'null' : `"${commitmentOf(salt, body).toString('hex')}"`;
  const envelope = `{"seq":${seq},"stream":"log","type":"${type}","data":${data},"commit":${commit}}`;
  const leaf = leafHash(envelope).toString('hex');
  return { seq, envelope, leaf, salt: body === null ? null : salt.toString('hex'), private: body };
};
const FIRST = '{"kind":"synthetic","city":"suzhou"}';
/** Events 2 to 5 have private parts; 6 says that those of 2 and 4 are erased. */
const logOf = (erasure: string): Row[] => [
  rowOf(1, 'T', FIRST, null),
  ...[2, 3, 4, 5].map((seq) => rowOf(seq, 'T', '{"name":"Acme"}', `{"title":"合同 ${seq}"}`)),
  rowOf(6, erasure, '{"sequences":[2,4]}', '{"kept":[]}'),
];
const LOG = logOf('PrivatePartErased');

const headOf = (rows: readonly Row[]): Checkpoint => {
  const leaves = rows.map((row) => Buffer.from(row.leaf, 'hex'));
  return {
    origin: originOf('suzhou', 'synthetic', leaves[0] as Buffer),
    ...{ size: rows.length, root: rootOf(leaves), kind: 'synthetic' },
    recordedAt: '2026-11-29T00:00:00.000Z',
  };
};
const check = (lines: readonly (Buffer | string | Row)[], head = headOf(LOG)) => {
  const findings = collectFindings();
  const one = createExportCheck([head], findings);
  for (const line of lines) {
    const bytes = Buffer.isBuffer(line) || typeof line === 'string' ? line : JSON.stringify(line);
    one.line(Buffer.from(bytes));
  }
  return { ...one.end(), findings: findings.all() };
};
const without = (rows: readonly Row[], seqs: readonly number[]): Row[] =>
  rows.map((row) => (seqs.includes(row.seq) ? { ...row, salt: null, private: null } : row));
const changed = (seq: number, change: Partial<Row>): Row[] =>
  LOG.map((row) => (row.seq === seq ? { ...row, ...change } : row));

test('a private part that a later event says is erased is no finding', () => {
  const rows = without(LOG, [2, 4]);
  expect(check(rows)).toStrictEqual({ events: 6, erased: 2, findings: [] });
});

test('a private part that no event says is erased was taken out', () => {
  expect(check(without(LOG, [2, 3, 4, 6]))).toStrictEqual({
    ...{ events: 6, erased: 2 },
    findings: [
      { kind: 'private-missing', seq: 3 },
      { kind: 'private-missing', seq: 6 },
    ],
  });
  const other = logOf('SomethingErased');
  expect(check(without(other, [2]), headOf(other)).findings).toStrictEqual([
    { kind: 'private-missing', seq: 2 },
  ]);
});

test('an export without any private part, of a log that erased none, is a public one', () => {
  const other = logOf('SomethingElse');
  expect(check(without(other, [2, 3, 4, 5, 6]), headOf(other))).toStrictEqual({
    ...{ events: 6, erased: 0, private: 'none given', findings: [] },
  });
});

test('salt and private part come together, and the salt is 32 bytes of small hex', () => {
  const { salt, private: body } = LOG[2] as { salt: string; private: string };
  const moved = salt + Buffer.from(body.slice(0, 1)).toString('hex');
  for (const change of [
    ...[{ salt: null }, { private: null }, { salt: salt.toUpperCase() }, { salt: 7 }],
    ...[{ salt: moved, private: body.slice(1) }, { salt: `${salt} ` }],
  ]) {
    expect(check(changed(3, change)).findings).toStrictEqual([{ kind: 'private-altered', seq: 3 }]);
  }
  expect(check(changed(3, { private: [body] })).findings).toContainEqual({
    ...{ kind: 'line-unreadable', seq: 3 },
  });
});

test('another text whose signs end in the same bytes is another text', () => {
  const low = (text: string): string =>
    text.replace('Acme', '\\u4e41\\u4e63\\u4e6d\\u4e65').replace('title', '\\u4e74itle');
  const lines = LOG.map((row) => JSON.stringify(row));
  const forged = lines.map((line, i) => (i === 3 ? low(line) : line));
  expect(forged[3]).not.toBe(lines[3]);
  expect(check(forged).findings.map(({ seq }) => seq)).toStrictEqual([4, 4]);
});

test('a line that is not UTF-8 is a finding, wherever the byte stands', () => {
  const lines = LOG.map((row) => Buffer.from(JSON.stringify(row)));
  const line = Buffer.from(lines[2] as Buffer);
  line[line.indexOf('title')] = 0xff;
  expect(check(lines.with(2, line)).findings).toStrictEqual([{ kind: 'line-unreadable', seq: 3 }]);
  const half = JSON.stringify(LOG[2]).replace('title', '\\ud800');
  expect(check(lines.with(2, Buffer.from(half))).findings).toHaveLength(1);
});

test('an unsound event under a number far beyond the head stands where it stands', () => {
  const far = changed(6, { seq: 9e15, envelope: 'x'.repeat(30) });
  expect(check(far).findings).toContainEqual({ kind: 'event-altered', seq: 6 });
});

test('an event that names a number far beyond the head leaves one range, at once', () => {
  const added = rowOf(999_999_999_999_999, 'T', '{}', null);
  expect(check([...LOG.slice(0, 4), added]).findings).toStrictEqual([
    { kind: 'event-missing', seq: 5, to: 6 },
    { kind: 'tail-uncovered', seq: 7, to: 999_999_999_999_999 },
  ]);
});

test('a long event that was altered is named without a search for the byte', () => {
  const long = rowOf(2, 'T', `{"name":"${'x'.repeat(4_000)}"}`, null);
  const rows = [LOG[0] as Row, long];
  const bent = { ...long, envelope: long.envelope.replace('xx', 'xy') };
  expect(check([rows[0] as Row, bent], headOf(rows)).findings).toStrictEqual([
    { kind: 'event-altered', seq: 2 },
  ]);
});
