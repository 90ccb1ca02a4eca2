import { Refusal } from '@jishi/contracts/problem';
import { addDays } from '@jishi/contracts/time';
import { describe, expect, test } from 'vitest';
import {
  type Announcement,
  close,
  draft,
  expire,
  isOpen,
  publish,
  renew,
  revise,
  sendBack,
  submit,
} from './life-cycle.ts';

const OWNER = '0192f0c1-0000-7000-8000-000000000001';
const MAKER = '0192f0c1-0000-7000-8000-000000000002';
const TODAY = '2026-11-20';
const PERIOD = { usualDays: 365, longestDays: 730 };
const reviewer = {
  userId: '0192f0c1-0000-7000-8000-000000000003',
  organisationId: '0192f0c1-0000-7000-8000-000000000004',
};
const NO_WISH = { latestOn: null };

const drafted = draft(OWNER, MAKER);
const submitted = submit(drafted, MAKER, []);
const published = publish(submitted, reviewer, TODAY, PERIOD, NO_WISH);
const returned = sendBack(submitted, reviewer, [{ code: 'incomplete', note: '' }]);
const closed = close(published, 'traded');

const refused = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.type;
    throw error;
  }
  throw new Error('expected a refusal');
};

test('each act counts the version up by one', () => {
  expect([drafted, submitted, published, closed].map((a) => a.version)).toStrictEqual([1, 2, 3, 4]);
});

describe('only these acts are allowed in a status', () => {
  const acts: Record<string, (a: Announcement) => unknown> = {
    revise: (a) => revise(a, MAKER),
    submit: (a) => submit(a, MAKER, []),
    publish: (a) => publish(a, reviewer, TODAY, PERIOD, NO_WISH),
    return: (a) => sendBack(a, reviewer, [{ code: 'other', note: '' }]),
    renew: (a) => renew(a, addDays(TODAY, 400), TODAY, PERIOD),
    close: (a) => close(a, 'other'),
    expire: (a) => expire(a, addDays(TODAY, 366)),
  };
  test.each([
    ['draft', drafted, ['revise', 'submit']],
    ['submitted', submitted, ['publish', 'return']],
    ['returned', returned, ['revise', 'submit']],
    ['published', published, ['renew', 'close', 'expire']],
    ['closed', closed, []],
    ['expired', expire(published, addDays(TODAY, 366)), []],
  ] as const)('%s', (_, state, allowed) => {
    for (const [name, act] of Object.entries(acts)) {
      if ((allowed as readonly string[]).includes(name)) expect(() => act(state)).not.toThrow();
      else expect(refused(() => act(state))).toBe('listing-state');
    }
  });
});

test('a review is by another organisation and another person than any maker', () => {
  const by = (who: typeof reviewer) => () => publish(submitted, who, TODAY, PERIOD, NO_WISH);
  expect(refused(by({ ...reviewer, organisationId: OWNER }))).toBe('duties-not-separated');
  expect(refused(by({ ...reviewer, userId: MAKER }))).toBe('duties-not-separated');
  expect(by(reviewer)).not.toThrow();
  const helper = '0192f0c1-0000-7000-8000-000000000005';
  const shared = submit(revise(returned, helper), MAKER, []);
  expect(shared.makers).toStrictEqual([MAKER, helper]);
  const third = () => publish(shared, { ...reviewer, userId: helper }, TODAY, PERIOD, NO_WISH);
  expect(refused(third)).toBe('duties-not-separated');
});

describe('the expiry', () => {
  const until = (expiresOn: string) => () =>
    publish(submitted, reviewer, TODAY, PERIOD, { expiresOn, latestOn: null });

  test('is a year from today without a wish, or the deadline when that is earlier', () => {
    expect(published.expiresOn).toBe('2027-11-20');
    const latestOn = '2027-01-31';
    expect(publish(submitted, reviewer, TODAY, PERIOD, { latestOn }).expiresOn).toBe(latestOn);
    const beyond = { latestOn: '2028-01-01' };
    expect(publish(submitted, reviewer, TODAY, PERIOD, beyond).expiresOn).toBe('2027-11-20');
  });

  test('may be today and 730 days on, not yesterday and not 731', () => {
    expect(until(TODAY)).not.toThrow();
    expect(until(addDays(TODAY, 730))).not.toThrow();
    expect(refused(until(addDays(TODAY, -1)))).toBe('invalid-input');
    expect(refused(until(addDays(TODAY, 731)))).toBe('invalid-input');
  });

  test('is the last open day; the day after is due', () => {
    expect(isOpen(published, '2027-11-20')).toBe(true);
    expect(isOpen(published, '2027-11-21')).toBe(false);
    expect(refused(() => expire(published, '2027-11-20'))).toBe('listing-state');
    expect(expire(published, '2027-11-21')).toMatchObject({
      status: 'expired',
      closeReason: 'expired',
    });
  });

  test('is renewed to a later day while open, not to the same one, not afterwards', () => {
    expect(renew(published, '2027-11-21', '2027-11-20', PERIOD).expiresOn).toBe('2027-11-21');
    const same = () => renew(published, '2027-11-20', '2027-11-20', PERIOD);
    expect(refused(same)).toBe('invalid-input');
    const late = () => renew(published, '2027-12-31', '2027-11-21', PERIOD);
    expect(refused(late)).toBe('listing-state');
  });
});

test('what a review needs is named, every field of it', () => {
  try {
    submit(drafted, MAKER, ['problemSolved', 'summary']);
    expect.unreachable();
  } catch (error) {
    expect((error as Refusal).detail.fields?.map((f) => f.field)).toStrictEqual([
      'content.problemSolved',
      'content.summary',
    ]);
  }
});
