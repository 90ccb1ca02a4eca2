/** A copy that does not keep alive the text that it was cut from. */
export const ownText = (part: string): string => ` ${part}`.slice(1);

const TEXTS_MAX = 10_000;

/**
 * Texts made of two codes, each made once: codes are few, and the one text is found faster in a
 * map than a new one that equals it.
 */
export const textsOf = (compose: (a: string, b: string) => string) => {
  const known = new Map<string, Map<string, string>>();
  let count = 0;
  return (a: string, b: string): string => {
    const text = known.get(a)?.get(b);
    if (text !== undefined) return text;
    if (count >= TEXTS_MAX) {
      known.clear();
      count = 0;
    }
    const made = compose(a, b);
    const own = known.get(a) ?? new Map<string, string>();
    known.set(a, own.set(b, made));
    count += 1;
    return made;
  };
};
