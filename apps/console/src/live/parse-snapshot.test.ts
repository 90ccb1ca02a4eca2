import { expect, test } from 'vitest';
import { sampleSnapshot, youngSnapshot } from '../testing/sample-snapshot.ts';
import { parsePulse, parseSnapshot } from './parse-snapshot.ts';

test('what the schema of the ledger makes is accepted as it is', () => {
  for (const snapshot of [sampleSnapshot(), youngSnapshot()]) {
    expect(parseSnapshot(JSON.parse(JSON.stringify(snapshot)))).toStrictEqual(snapshot);
  }
});

test.each([
  'head',
  'asOf',
  'method',
  'overall',
  'gauge',
  'districts',
  'industries',
  'fields',
  'feed',
  'exact',
])('a snapshot without %s is refused', (key) => {
  const { [key]: _left, ...rest } = JSON.parse(JSON.stringify(sampleSnapshot()));
  expect(() => parseSnapshot(rest)).toThrow(TypeError);
});

test('a contract value that is no whole number of fen is refused', () => {
  const snapshot = JSON.parse(JSON.stringify(sampleSnapshot()));
  snapshot.gauge.contractValueFen = '12.5';
  expect(() => parseSnapshot(snapshot)).toThrow(TypeError);
});

test.each([null, 1, 'text', []])('%j is no snapshot', (value) => {
  expect(() => parseSnapshot(value)).toThrow(TypeError);
});

test('a heartbeat says how the counting stands; an unreadable one claims nothing', () => {
  expect(parsePulse('{"status":"broken","head":{"seq":7}}')).toStrictEqual({
    status: 'broken',
    headSeq: 7,
  });
  expect(parsePulse('{"status":"behind"}')).toStrictEqual({ status: 'behind', headSeq: null });
  expect(parsePulse('{}')).toStrictEqual({ status: 'live', headSeq: null });
  expect(parsePulse('')).toStrictEqual({ status: 'live', headSeq: null });
});
