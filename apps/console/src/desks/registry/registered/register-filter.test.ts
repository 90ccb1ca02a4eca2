import { expect, test } from 'vitest';
import { filtersOf, numberOf, registerAddress } from './register-filter.ts';

test('filters go into the address and come back from it', () => {
  const filters = { title: '碳化硅', district: 'kunshan', standing: 'amended', from: '2026-01-01' };
  const address = registerAddress(filters);
  expect(filtersOf(address.slice(address.indexOf('?')))).toStrictEqual(filters);
  expect(registerAddress({ title: '  ' })).toBe('/registry/registered');
});

test('what the ledger would refuse is left out, whoever wrote the address', () => {
  expect(
    filtersOf('?district=nowhere&from=2026-02-30&number=12a&standing=registered'),
  ).toStrictEqual({ standing: 'registered' });
});

test('a registration number is taken with or without its gaps', () => {
  expect(numberOf('2026 3205 0100 0012')).toBe('2026320501000012');
});
