import { ValuesFrame } from '@jishi/contracts/ledger/index-family';
import { expect, test } from 'vitest';
import { sampleSnapshot } from '../testing/sample-snapshot.ts';
import { sampleFrame, sampleLine } from '../testing/sample-values.ts';
import { parseFrame } from './parse-frame.ts';
import { NO_VALUES, withFrame, withRunning } from './values-state.ts';

const first = withFrame(
  NO_VALUES,
  sampleFrame(10, [
    ['city', '1131.25'],
    ['district:sip', '1186.37'],
    ['field:energy', '1076.25'],
  ]),
);

test('the first values are shown, and nothing is said to have moved', () => {
  expect(first.lines.get('district:sip')?.value).toBe('1186.37');
  expect([first.seq, first.moves]).toStrictEqual([10, []]);
});

test('a frame changes the cells that it names, and leaves the others as they are', () => {
  const next = withFrame(
    first,
    sampleFrame(11, [
      ['district:sip', '1187.02'],
      ['city', '1131.80'],
    ]),
  );
  expect(next.lines.get('field:energy')).toBe(first.lines.get('field:energy'));
  expect(next.moves).toStrictEqual([
    { series: 'city', before: '1131.25', after: '1131.80', seq: 11 },
    { series: 'district:sip', before: '1186.37', after: '1187.02', seq: 11 },
  ]);
  expect(next.movedBy).toBe(11);
});

test('an older frame is dropped; one at the same sequence is taken', () => {
  expect(withFrame(first, sampleFrame(9, [['city', '1.00']]))).toBe(first);
  expect(withFrame(first, sampleFrame(10, [['city', '1131.90']])).lines.get('city')?.value).toBe(
    '1131.90',
  );
});

test('the frames that follow from one event are told together, until the next event', () => {
  const city = withFrame(first, sampleFrame(11, [['city', '1131.80']]));
  const follows = { ...sampleFrame(11, [['field:energy', '1080.00']]), events: [] };
  const both = withFrame(city, follows);
  expect(both.moves.map(({ series }) => series)).toStrictEqual(['city', 'field:energy']);
  const again = withFrame(both, { ...sampleFrame(11, [['city', '1131.90']]), events: [] });
  expect(again.moves[0]).toStrictEqual({
    ...{ series: 'city', before: '1131.25', after: '1131.90', seq: 11 },
  });
  const next = withFrame(again, sampleFrame(12, [['district:sip', '1190.00']]));
  expect([next.moves.map(({ series }) => series), next.movedBy]).toStrictEqual([
    ['district:sip'],
    12,
  ]);
});

test('an equal value is no move, and the last moves stay in sight', () => {
  const moved = withFrame(first, sampleFrame(11, [['city', '1131.80']]));
  const same = withFrame(moved, sampleFrame(12, [['city', '1131.80']]));
  expect([same.seq, same.moves]).toStrictEqual([12, moved.moves]);
});

test('a new month begins without a move, and a line of the old one does not come back', () => {
  const next = withFrame(first, sampleFrame(11, [['city', '310.00']], '2026-12'));
  expect([next.lines.get('city')?.period, next.moves]).toStrictEqual(['2026-12', []]);
  const late = withFrame(next, sampleFrame(12, [['city', '1131.90']], '2026-11'));
  expect(late.lines.get('city')?.value).toBe('310.00');
});

test('the running month follows the frames only while they are ahead of the snapshot', () => {
  const snapshot = { ...sampleSnapshot(), exact: true };
  const at = (seq: number) => withFrame(NO_VALUES, sampleFrame(seq, [['city', '1140.00']]));
  const { seq } = snapshot.asOf;
  expect(withRunning(snapshot, at(seq + 1)).running?.value).toBe('1140.00');
  expect(withRunning(snapshot, at(seq)).running?.value).toBe('1131.25');
});

test('the public view never shows a value from frames', () => {
  const snapshot = sampleSnapshot();
  const ahead = withFrame(NO_VALUES, sampleFrame(snapshot.asOf.seq + 9, [['city', '1140.00']]));
  expect(withRunning(snapshot, ahead)).toBe(snapshot);
});

test('a frame that the schema takes is taken, and what it lacks is refused', () => {
  const frame = ValuesFrame.parse(sampleFrame(10, [['city', '1131.25']]));
  expect(parseFrame(JSON.parse(JSON.stringify(frame)))).toStrictEqual(frame);
  expect(() => parseFrame({ ...frame, seq: '10' })).toThrow('no sequence');
  expect(() => parseFrame({ ...frame, values: {} })).toThrow('no list');
  const wrong = { ...sampleLine('city', '2026-11', '1.00'), value: 'many' };
  expect(() => parseFrame({ ...frame, values: [wrong] })).toThrow('no list');
});
