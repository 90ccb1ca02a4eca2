import { describe, expect, it } from 'vitest';
import { isAway } from './away.ts';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('a database that is away', () => {
  it.each([
    ['refuses connections', withCode('ECONNREFUSED')],
    ['is shutting down', withCode('57P01')],
    ['is starting up', withCode('57P03')],
    ['ended a deadlock', withCode('40P01')],
    ['closed the connection', new Error('Connection terminated unexpectedly')],
    ['has no free connection', new Error('timeout exceeded when trying to connect')],
    ['was away beneath', new Error('fetch failed', { cause: withCode('ECONNRESET') })],
  ])('%s', (_, error) => {
    expect(isAway(error)).toBe(true);
  });

  it.each([
    ['a broken rule', withCode('23505')],
    ['a wrong statement', withCode('42601')],
    ['a fault of ours', new TypeError('x is not a function')],
    ['no error', 'Connection terminated'],
  ])('is not %s', (_, error) => {
    expect(isAway(error)).toBe(false);
  });
});
