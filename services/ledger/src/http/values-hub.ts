import { type Frame, mergeFrames } from '../domain/index/family/frames.ts';
import { createBell } from '../process/bell.ts';
import { pause } from './event-stream.ts';
import type { FrameMaker } from './value-frames.ts';

/** At most one frame in this time. */
const FRAME_MS = 20;
/** A reader that is so many events behind is sent away, and begins anew with everything. */
const EVENTS_WAITING_MAX = 2_000;

/** One reader's place: what waits for it, merged, so that a slow one costs no more. */
interface Place {
  waiting: Frame | null;
  isLost: boolean;
  readonly bell: ReturnType<typeof createBell>;
}

export interface ValuesHub {
  /** Hands on frames, the first with everything, until the signal aborts or the reader is lost. */
  readonly follow: (signal: AbortSignal, send: (frame: Frame) => Promise<void>) => Promise<void>;
}

/** Computes once for all readers, as long as there is one. */
export const createValuesHub = (
  make: () => FrameMaker,
  changed: (signal: AbortSignal) => Promise<void>,
): ValuesHub => {
  const places = new Set<Place>();
  let running: { readonly maker: FrameMaker; readonly ready: Promise<void> } | null = null;
  let stop = new AbortController();

  const put = (place: Place, frame: Frame): void => {
    place.waiting = place.waiting ? mergeFrames(place.waiting, frame) : frame;
    if (place.waiting.events.length > EVENTS_WAITING_MAX) place.isLost = true;
    place.bell.ring();
  };

  const run = async (maker: FrameMaker, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const change = changed(signal);
      // A fault of the database passes: the next change is looked at again.
      const frame = await maker.next().catch(() => null);
      if (frame) for (const place of places) put(place, frame);
      const madeMs = performance.now();
      if (!maker.hasMore()) await change;
      // After a quiet while the next event is told at once.
      const leftMs = madeMs + FRAME_MS - performance.now();
      if (frame) await pause(Math.max(0, leftMs), signal);
      else await pause(0, signal);
    }
  };

  const start = () => {
    const maker = make();
    stop = new AbortController();
    const { signal } = stop;
    const ready = maker.begin();
    ready.then(
      () => run(maker, signal),
      () => {},
    );
    return { maker, ready };
  };

  const leave = (place: Place): void => {
    places.delete(place);
    if (places.size > 0) return;
    stop.abort();
    running = null;
  };

  return {
    follow: async (signal, send) => {
      const place: Place = { waiting: null, isLost: false, bell: createBell() };
      running ??= start();
      const { maker, ready } = running;
      places.add(place);
      try {
        await ready;
        // What came while it was made ready is in there too.
        place.waiting = maker.whole();
        while (!signal.aborted && !place.isLost) {
          const frame = place.waiting;
          place.waiting = null;
          if (frame) await send(frame);
          if (place.waiting === null) await place.bell.wait(signal);
        }
      } finally {
        leave(place);
      }
    },
  };
};
