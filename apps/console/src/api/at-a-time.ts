const running = new Map<string, Promise<unknown>>();

/**
 * The same act while it is on its way is that act: a key that repeats, or a second press before
 * the page is drawn again, sends nothing and gets the same answer.
 */
export const onceAtATime = <T>(key: string, act: () => Promise<T>): Promise<T> => {
  const known = running.get(key);
  if (known) return known as Promise<T>;
  const own = act().finally(() => running.delete(key));
  running.set(key, own);
  return own;
};
