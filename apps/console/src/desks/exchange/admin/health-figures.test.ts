import { expect, test } from 'vitest';
import { sortFigures } from './health-figures.ts';

const follower = (changes: Record<string, string | number | null> = {}) => ({
  'index.cursor': 40,
  'index.lag': 0,
  'index.oldestWaitingMs': 0,
  'index.status': 'running',
  'index.reason': null,
  'index.lastError': null,
  'index.retries': 0,
  'index.retriesMax': 20,
  ...changes,
});
const standing = (changes: Record<string, string | number | null>) =>
  sortFigures(follower(changes)).followers[0]?.standing;

test('a reader of the log is told as one, and what is left stays', () => {
  const { followers, rest, signing } = sortFigures({ head: 40, ...follower() });
  expect(followers).toMatchObject([{ name: 'index', cursor: 40, standing: 'follows' }]);
  expect([rest, signing]).toStrictEqual([[['head', 40]], null]);
});

test('one event behind is behind; a failure is retried; a stop is a stop', () => {
  expect(standing({ 'index.lag': 0 })).toBe('follows');
  expect(standing({ 'index.lag': 1 })).toBe('behind');
  expect(standing({ 'index.lastError': 'away', 'index.lag': 3 })).toBe('retries');
  expect(standing({ 'index.status': 'broken', 'index.lastError': 'gap' })).toBe('broken');
  expect(standing({ 'index.status': 'stopped' })).toBe('stopped');
});

test('the one reader of another service, told without a name, is the ledger’s', () => {
  const figures = { ledgerCursor: 7, ledgerHead: 9, ledgerLag: 2, follower: 'running' };
  const { followers, rest } = sortFigures(figures);
  expect(followers).toMatchObject([{ name: 'ledger', cursor: 7, lag: 2, standing: 'behind' }]);
  expect(rest).toStrictEqual([['ledgerHead', 9]]);
});

test('signing runs, has stopped, or has no key', () => {
  const of = (headSigning: string) =>
    sortFigures({ headSigning, signedHead: 12, signedHeadLag: 3 }).signing;
  expect(of('running')).toStrictEqual({ standing: 'signs', signedHead: 12, lag: 3 });
  expect([of('off')?.standing, of('stopped')?.standing]).toStrictEqual(['off', 'stopped']);
});
