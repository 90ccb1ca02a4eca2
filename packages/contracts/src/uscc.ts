import { z } from '@hono/zod-openapi';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Value of a character in GB 11714: digits as they are, A = 10 … Z = 35. */
const organisationValue = (character: string): number => Number.parseInt(character, 36);

/** Check character of the nine-character organisation code (GB 11714), from its first eight. */
export const organisationCheck = (body: string): string => {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, i) => total + weight * organisationValue(body.charAt(i)),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
};

/** Check character of a 统一社会信用代码 (GB 32100-2015), from its first seventeen. */
export const usccCheck = (body: string): string => {
  const sum = WEIGHTS.reduce(
    (total, weight, i) => total + weight * ALPHABET.indexOf(body.charAt(i)),
    0,
  );
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
};

/** Both check digits right: position 17 (GB 11714) and position 18 (GB 32100). */
export const usccIsValid = (code: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) &&
  code.charAt(16) === organisationCheck(code.slice(8, 16)) &&
  code.charAt(17) === usccCheck(code.slice(0, 17));

export const Uscc = z.string().refine(usccIsValid, 'uscc-check').openapi('Uscc', {
  description: '统一社会信用代码 (GB 32100-2015), both check digits verified.',
  example: '91320594780268314T',
});

/**
 * A valid code from an eight-character organisation body, for synthetic parties.
 * `prefix` is department, kind and six-digit registering authority, such as `91320594`.
 */
export const usccFrom = (prefix: string, body: string): string => {
  const seventeen = `${prefix}${body}${organisationCheck(body)}`;
  return `${seventeen}${usccCheck(seventeen)}`;
};

/** Eight characters of an invented organisation code, out of at least eight arbitrary bytes. */
export const organisationBody = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 8), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
