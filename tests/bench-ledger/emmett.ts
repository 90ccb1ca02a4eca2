import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { newId } from '@jishi/contracts/ids';
import { DATA, HIDDEN, type ReplayWay, type Rival } from './rival.ts';

/** emmett-postgresql sets type parsers for the whole process: this file runs in a child alone. */

const STREAM_EVENTS = 1_000;
const APPEND_EVENTS = 100;

const event = () => ({ type: 'ReceiptRecorded', data: { ...DATA }, metadata: { ...HIDDEN } });

export const openEmmett = async (url: string): Promise<Rival> => {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  const streams: string[] = [];

  const read = async (ms: number): Promise<number> => {
    const started = performance.now();
    let events = 0;
    for (let n = 0; performance.now() - started < ms; n += 1) {
      const stream = await store.readStream(streams[n % streams.length] ?? '');
      events += stream.events.length;
    }
    return (events * 1_000) / (performance.now() - started);
  };

  /** As it comes, with the defaults but a larger page, from the first event on. */
  const consume = async (ms: number): Promise<number> => {
    const consumer = store.consumer({ pulling: { batchSize: 1_000 } });
    let [events, started, last] = [0, 0, 0];
    consumer.reactor({
      processorId: `bench-${newId()}`,
      eachMessage: () => {
        last = performance.now();
        started ||= last;
        events += 1;
      },
    });
    const running = consumer.start();
    await new Promise((resolve) => setTimeout(resolve, ms));
    // Not close: that would end the pool that the next consumer shares.
    await consumer.stop();
    await running.catch(() => {});
    return last > started ? (events * 1_000) / (last - started) : 0;
  };

  return {
    append: async () => {
      await store.appendToStream(`contract-${newId()}`, [event()]);
    },
    fill: async (count) => {
      for (let written = 0; written < count; written += STREAM_EVENTS) {
        const stream = `contract-${newId()}`;
        streams.push(stream);
        for (let n = 0; n < STREAM_EVENTS; n += APPEND_EVENTS) {
          await store.appendToStream(stream, Array.from({ length: APPEND_EVENTS }, event));
        }
      }
    },
    replay: (way: ReplayWay, ms) => (way === 'emmett-read' ? read(ms) : consume(ms)),
    close: () => store.close(),
  };
};
