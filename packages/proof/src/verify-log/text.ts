const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HASH = /^[0-9a-f]{64}$/;

/** Null for bytes that are not UTF-8. */
export const textOf = (bytes: Uint8Array): string | null => {
  try {
    return STRICT.decode(bytes);
  } catch {
    return null;
  }
};

/** The bytes that a text stands for; null for half a sign (a lone surrogate), which has none. */
export const bytesOf = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.toString('utf8') === text ? bytes : null;
};

/** Of a damaged text: every byte as one sign, so that what is still sound can be told apart. */
export const damagedBytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** 32 bytes as 64 small letters of hex, in that one form; null for anything else. */
export const hashOf = (hex: unknown): Buffer | null =>
  typeof hex === 'string' && HASH.test(hex) ? Buffer.from(hex, 'hex') : null;
