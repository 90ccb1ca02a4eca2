import { expect, test } from 'vitest';
import { roundedQuotient } from './exact-root.ts';

test('a quotient goes to the nearest whole number, an exact half to the even one', () => {
  const cases: [bigint, bigint, bigint][] = [
    [7n, 2n, 4n],
    [5n, 2n, 2n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [8n, 3n, 3n],
    [7n, 3n, 2n],
    [0n, 9n, 0n],
  ];
  for (const [top, bottom, whole] of cases) expect(roundedQuotient(top, bottom)).toBe(whole);
});
