import { EVENT_SCHEMA } from '@jishi/contracts/ledger/event-schema';
import { FeedBroken } from '@jishi/runtime/feed-consumer';
import { expect, test } from 'vitest';
import { feedItem } from '../testing/ledger-double.ts';
import { stepsOf } from './ledger-effect.ts';

const ID = '0192f0c1-7a3b-7c11-8f52-000000000001';

const renumbered = (schema: number, type?: string) => {
  const refused = { contractId: ID, refusedOn: '2026-06-30' };
  const item = feedItem(1, 'RegistrationRefused', refused, { reasons: [{ code: 'a', note: '' }] });
  const envelope = JSON.parse(item.envelope) as object;
  const changed = { ...envelope, schema, ...(type ? { type } : {}) };
  return [{ ...item, envelope: JSON.stringify(changed) }];
};

test('an event of a later program stops the follower by name, whatever it is about', () => {
  const newest = EVENT_SCHEMA.RegistrationRefused;
  expect(() => stepsOf(renumbered(newest))).not.toThrow();
  expect(() => stepsOf(renumbered(newest + 1))).toThrow(FeedBroken);
  expect(() => stepsOf(renumbered(1, 'SomethingNew'))).toThrow(FeedBroken);
});
