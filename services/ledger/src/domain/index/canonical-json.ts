/** What JSON can say. Numbers are allowed here, but our parameters write them as strings. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const canonicalString = (text: string): string => {
  if (LONE_SURROGATE.test(text)) throw new Error('canonical JSON: lone surrogate');
  return JSON.stringify(text);
};

/** By UTF-16 code units, as RFC 8785 §3.2.3 asks; never by locale. */
const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The canonical text of a JSON value by RFC 8785 (JCS): no white space, keys sorted by UTF-16 code
 * units, strings and numbers as ECMAScript writes them. Throws on what I-JSON does not allow
 * (NaN, infinities, lone surrogates).
 */
export const canonicalJson = (value: JsonValue): string => {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('canonical JSON: not a finite number');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value as { readonly [key: string]: JsonValue });
  return `{${entries
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([key, part]) => `${canonicalString(key)}:${canonicalJson(part)}`)
    .join(',')}}`;
};
