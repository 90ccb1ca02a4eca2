/**
 * A long computation that may be left between two steps. It is still a function of what it was
 * given: who runs it decides when, not what.
 */
export type Steps<T> = Generator<void, T>;

/** All of it in one go. */
export const atOnce = <T>(steps: Steps<T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
