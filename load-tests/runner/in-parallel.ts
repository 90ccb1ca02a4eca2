/** Does the work for each item, so many at a time; the answers come in the order of the items. */
export const inParallel = async <T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, i: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  // One iterator for all: each worker takes the next item when it has done its last.
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [i, item] of entries) results[i] = await work(item, i);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
};

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
