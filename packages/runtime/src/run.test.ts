import { describe, expect, it } from 'vitest';
import { StartRefused } from './config.ts';
import { startFailure } from './run.ts';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('why a start cannot go on', () => {
  it.each([
    ['a refusal', new StartRefused('缺少密钥 a key is missing'), '缺少密钥 a key is missing'],
    [
      'a database that is not there',
      withCode('database "x" does not exist', '3D000'),
      '无法启动 cannot start (3D000): database "x" does not exist',
    ],
    [
      'a port in use',
      withCode('listen EADDRINUSE: address already in use 127.0.0.1:1', 'EADDRINUSE'),
      '无法启动 cannot start (EADDRINUSE): listen EADDRINUSE: address already in use 127.0.0.1:1',
    ],
    // Node tries several addresses and then has no message of its own.
    ['no server', withCode('', 'ECONNREFUSED'), '无法启动 cannot start (ECONNREFUSED)'],
  ])('%s is one line without a stack', (_, error, line) => {
    expect(startFailure(error)).toStrictEqual({ line, stack: null });
  });

  it('a fault of ours tells its stack before the line', () => {
    const { line, stack } = startFailure(new TypeError('x is not a function\nmore'));
    expect(line).toBe('无法启动 cannot start: TypeError: x is not a function');
    expect(stack).toContain('run.test.ts');
  });
});
