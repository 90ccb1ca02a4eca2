const RANDOM_BYTES = 10;
const TIME_DIGITS = 12;

/** A UUIDv7, as every client makes them; k6 itself has version 4 only. */
export const newId = (): string => {
  const time = Date.now().toString(16).padStart(TIME_DIGITS, '0');
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const rest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((Number.parseInt(rest.charAt(3), 16) & 3) | 8).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${rest.slice(0, 3)}`,
    `${variant}${rest.slice(4, 7)}`,
    rest.slice(7, 19),
  ].join('-');
};

/** The SHA-256 of a slip that nobody else has: any 64 hexadecimal digits do. */
export const newHash = (): string =>
  `${newId()}${newId()}`.replaceAll('-', '').slice(0, 64).padEnd(64, '0');

export const pick = <T>(items: readonly T[]): T => {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};
