import { Refusal } from '@jishi/contracts/problem';
import { expect, test } from 'vitest';
import { openGate } from './gate.ts';

/** Work that ends when it is told to. */
const held = () => {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, work: () => ended };
};

test('as many as allowed are inside, the next waits its turn, one beyond the queue is refused', async () => {
  const gate = openGate(2, 1);
  const [first, second] = [held(), held()];
  const order: string[] = [];
  const a = gate(first.work).then(() => order.push('a'));
  const b = gate(second.work).then(() => order.push('b'));
  const c = gate(async () => order.push('c inside'));
  await expect(gate(async () => {})).rejects.toThrow(new Refusal('service-busy'));
  expect(order).toStrictEqual([]);
  first.end();
  await Promise.all([a, c]);
  expect(order).toContain('c inside');
  second.end();
  await b;
});

test('work that fails lets the next in', async () => {
  const gate = openGate(1, 5);
  const failing = gate(() => Promise.reject(new Error('no')));
  const next = gate(async () => 'in');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('in');
});
