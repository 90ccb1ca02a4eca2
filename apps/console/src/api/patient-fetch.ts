/** «Busy» or «away for now», of a service or of the door before it: it asks to be asked again. */
const PASSING: ReadonlySet<number> = new Set([502, 503, 504]);
/** Three more tries within three seconds; longer, and a reader should rather be told. */
const PAUSES_MS = [400, 900, 1_700] as const;

/** Half as long again at most: pages that were refused together do not come together. */
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms * (1 + Math.random() / 2));
  });

/**
 * Fetch for what changes nothing however often it is asked. An answer of «busy» is asked again; the
 * last answer is given as it is, and so is a connection that is lost (the reads of a page ask once
 * more by themselves).
 */
export const patientFetch: typeof fetch = async (input, init) => {
  for (const ms of PAUSES_MS) {
    const response = await fetch(input, init);
    if (!PASSING.has(response.status)) return response;
    await pause(ms);
    // Who no longer waits is told what was heard last.
    if (init?.signal?.aborted) return response;
    await response.body?.cancel();
  }
  return fetch(input, init);
};
