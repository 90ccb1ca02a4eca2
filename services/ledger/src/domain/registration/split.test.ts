import { expect, test } from 'vitest';
import { specify } from '../../testing/specification.ts';
import { registrationDecider } from './decider.ts';
import * as x from './examples.ts';
import { regimeByKey } from './regime.ts';
import { REGISTRATION_RULES } from './regimes.ts';
import { type OfPair, splitWith } from './split.ts';

/** 拆分: same two parties, ninety days, each below ¥5 million, together at or over it. */

const current = regimeByKey(REGISTRATION_RULES, 'CN-2026');
const old = regimeByKey(REGISTRATION_RULES, 'CN-2000');
const contract = (
  contractId: string,
  signedOn: string,
  technologyValueFen: string,
  contractValueFen = technologyValueFen,
): OfPair => ({ contractId, signedOn, contractValueFen, technologyValueFen });
const own = contract('own', '2026-06-01', '250000000');
const split = (others: readonly OfPair[], of = own, regime = current) =>
  splitWith(REGISTRATION_RULES, regime, of, others);

test('one fen below the threshold together it is not split; at it, it names the other', () => {
  expect(split([contract('b', '2026-06-01', '249999999')])).toEqual([]);
  expect(split([contract('b', '2026-06-01', '250000000')])).toEqual(['b']);
});

test('eighty-nine days apart is within ninety days, ninety is not; before and after alike', () => {
  expect(split([contract('b', '2026-08-29', '250000000')])).toEqual(['b']);
  expect(split([contract('b', '2026-08-30', '250000000')])).toEqual([]);
  expect(split([contract('b', '2026-03-04', '250000000')])).toEqual(['b']);
  expect(split([contract('b', '2026-03-03', '250000000')])).toEqual([]);
});

test('all must lie in one span of ninety days', () => {
  const before = contract('before', '2026-04-01', '150000000');
  const after = contract('after', '2026-08-01', '150000000');
  expect(split([before, after])).toEqual([]);
  const near = contract('near', '2026-06-20', '150000000');
  expect(split([before, near])).toEqual(['before', 'near']);
});

test('a contract at the threshold itself is reviewed twice anyway, and splits nothing', () => {
  const large = contract('large', '2026-06-01', '500000000');
  expect(split([large])).toEqual([]);
  expect(split([own], large)).toEqual([]);
});

test('the amount is that of the regime: technology value, or contract value before', () => {
  const others = [contract('b', '2026-06-01', '100000000', '250000000')];
  expect(split(others)).toEqual([]);
  expect(split(others, own, old)).toEqual(['b']);
});

test('a split contract below the threshold passes to the second review instead of registering', () => {
  const { given } = specify(registrationDecider(REGISTRATION_RULES));
  const approve = (splitIds: readonly string[], registrationNumber: string | null) =>
    ({
      type: 'ApproveRegistration',
      data: { by: x.SENIOR, registrationNumber, splitWith: splitIds },
    }) as const;
  const accepted = given(x.submitted(), x.accepted);
  accepted.when(approve([x.OTHER_CONTRACT], null)).thenEvents(x.firstReviewed);
  accepted.when(approve([], x.NUMBER)).thenEvents(x.registered(x.facts(), x.SENIOR));
  given(x.submitted(), x.accepted, x.firstReviewed)
    .when({ type: 'ConfirmSecondReview', data: { by: x.SENIOR, registrationNumber: x.NUMBER } })
    .thenRefused('duties-not-separated');
});
