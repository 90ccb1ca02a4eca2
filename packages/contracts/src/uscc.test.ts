import fc from 'fast-check';
import { expect, test } from 'vitest';
import { organisationCheck, Uscc, usccCheck, usccFrom, usccIsValid } from './uscc.ts';

const LIVE = [
  '91320594780268314T',
  '91320594692569651Q',
  '91320594688334374M',
  '91320594MA1NHMCA0T',
] as const;
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

test('four live codes pass both check digits', () => {
  for (const code of LIVE) {
    expect(usccIsValid(code)).toBe(true);
    expect(organisationCheck(code.slice(8, 16))).toBe(code.charAt(16));
    expect(usccCheck(code.slice(0, 17))).toBe(code.charAt(17));
  }
});

test('every change of one character is refused', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LIVE),
      fc.nat({ max: 17 }),
      fc.constantFrom(...ALPHABET),
      (code, at, character) => {
        fc.pre(code.charAt(at) !== character);
        const changed = code.slice(0, at) + character + code.slice(at + 1);
        expect(usccIsValid(changed)).toBe(false);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('letters outside the alphabet, other lengths and small letters are refused', () => {
  for (const letter of 'IOSVZ') expect(usccIsValid(`9132059478026831${letter}T`)).toBe(false);
  expect(usccIsValid('91320594780268314')).toBe(false);
  expect(usccIsValid('91320594780268314TT')).toBe(false);
  expect(usccIsValid('91320594ma1nhmca0t')).toBe(false);
  expect(Uscc.safeParse('').error?.issues[0]?.message).toBe('uscc-check');
});

test('a code made from prefix and body is valid', () => {
  const digit = fc.constantFrom(...'0123456789');
  fc.assert(
    fc.property(fc.array(digit, { minLength: 8, maxLength: 8 }), (body) => {
      expect(usccIsValid(usccFrom('91320594', body.join('')))).toBe(true);
    }),
  );
});
