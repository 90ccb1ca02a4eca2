import fc from 'fast-check';
import type { Act } from '../domain/index/family/random-market.ts';

/** One random act; registrations are as frequent as everything that undoes or changes them. */
export const randomAct: fc.Arbitrary<Act> = fc.record({
  does: fc.constantFrom(
    ...(['register', 'register', 'register', 'leave', 'amend', 'open', 'renew', 'close'] as const),
  ),
  month: fc.nat(5),
  day: fc.nat(27),
  seller: fc.nat(9),
  buyer: fc.nat(9),
  place: fc.nat(9),
  field: fc.nat(3),
  value: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 })),
  pick: fc.nat(99),
});
