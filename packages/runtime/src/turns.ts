/** A slice of work between two turns of the event loop: others wait that long at most. */
const SLICE_MS = 10;

/** Lets everybody else have a turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Does a long computation in slices: it yields wherever it may be left for a while, and others get
 * their turn when ten milliseconds are over. What it reads must not be moved meanwhile.
 */
export const inTurns = async <T>(steps: Generator<void, T>): Promise<T> => {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await turn();
    since = performance.now();
  }
};
