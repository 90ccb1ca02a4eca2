import { expect, test } from 'vitest';
import { onceAtATime } from './at-a-time.ts';

test('the same act twice at a time is sent once, another is sent, and later it is sent again', async () => {
  const sent: string[] = [];
  const send = (what: string) => () => {
    sent.push(what);
    return new Promise<string>((done) => setTimeout(() => done(`${what} ${sent.length}`), 5));
  };
  const both = [onceAtATime('a', send('a')), onceAtATime('a', send('a'))];
  const other = onceAtATime('b', send('b'));
  expect(await Promise.all(both)).toStrictEqual(['a 2', 'a 2']);
  expect(await other).toBe('b 2');
  await onceAtATime('a', send('a'));
  expect(sent).toStrictEqual(['a', 'b', 'a']);
});

test('a refusal is told to both, and keeps nothing', async () => {
  const refuse = () => Promise.reject(new Error('refused'));
  const both = [onceAtATime('c', refuse), onceAtATime('c', refuse)];
  for (const one of both) await expect(one).rejects.toThrow('refused');
  expect(await onceAtATime('c', async () => 'told')).toBe('told');
});
