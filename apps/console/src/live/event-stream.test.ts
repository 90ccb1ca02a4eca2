import { expect, test } from 'vitest';
import { readEvents, type StreamEvent } from './event-stream.ts';

const bodyOf = (parts: readonly string[]): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });

const eventsOf = async (parts: readonly string[]): Promise<StreamEvent[]> => {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(bodyOf(parts))) events.push(event);
  return events;
};

test('an event is read when its empty line arrives, however it was cut into pieces', async () => {
  const expected = [{ name: 'snapshot', data: '{"a":1}' }];
  const whole = 'event: snapshot\ndata: {"a":1}\n\n';
  expect(await eventsOf([whole])).toStrictEqual(expected);
  expect(await eventsOf([...whole])).toStrictEqual(expected);
});

test('an event without its empty line is not an event', async () => {
  expect(await eventsOf(['event: snapshot\ndata: {}\n'])).toStrictEqual([]);
});

test('carriage returns and several data lines are understood', async () => {
  expect(await eventsOf(['event: x\r\ndata: 1\r\ndata: 2\r\n\r\n'])).toStrictEqual([
    { name: 'x', data: '1\n2' },
  ]);
});

test('a comment arrives without data, as a sign of life', async () => {
  expect(await eventsOf([': beat\n\n'])).toStrictEqual([{ name: 'message', data: '' }]);
});
