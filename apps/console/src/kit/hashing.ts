type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const byCodeUnits = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** RFC 8785 form of what JSON can say: keys sorted by UTF-16 code units, no white space. */
export const canonicalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value as Json);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${entries
    .sort(byCodeUnits)
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalText(part)}`)
    .join(',')}}`;
};

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const hexOf = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
};

export const unhex = (hex: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array((hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));

export const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(text));

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** SHA-256(0x00 ‖ envelope bytes): the leaf of an event. */
export const leafOf = (envelope: string): Promise<string> =>
  sha256(joined(LEAF, bytesOf(envelope)));

/** SHA-256(0x01 ‖ left ‖ right): what stands above two hashes of the log's tree. */
export const nodeOf = (left: string, right: string): Promise<string> =>
  sha256(joined(NODE, unhex(left), unhex(right)));

/** SHA-256(salt ‖ private bytes): what an envelope says of its private part. */
export const commitmentOf = (salt: string, body: string): Promise<string> =>
  sha256(joined(unhex(salt), bytesOf(body)));
