import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { EVENT_SCHEMA } from '@jishi/contracts/ledger/event-schema';
import { EVENT_DATA, EVENT_PRIVATE, PrivatePart } from '@jishi/contracts/ledger/events';
import { FeedBroken } from '@jishi/runtime/feed-consumer';
import { describe, expect, test } from 'vitest';
import { factOf } from '../domain/index/registered-contract.ts';
import { type ListingEvent, listingDecider } from '../domain/listing/listing.ts';
import { projectRegistration } from '../domain/registration/document.ts';
import { evolveRegistration, initialRegistration } from '../domain/registration/evolve.ts';
import type { RegistrationEvent } from '../domain/registration/registration.ts';
import { decodeEvent } from './decode-event.ts';
import { SAMPLE_HASHES } from './samples/hashes.ts';
import { requireKnown, STEPS, upcast } from './upcast.ts';

interface Sample {
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: string | null;
  readonly private: string | null;
}

const folder = new URL('./samples/', import.meta.url);
const bytesOf = (name: string): Buffer => readFileSync(new URL(`${name}.json`, folder));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));
const sampleOf = (name: string): Sample => JSON.parse(bytesOf(name).toString('utf8')) as Sample;
const envelopeOf = (name: string): Envelope => Envelope.parse(JSON.parse(sampleOf(name).envelope));
const sha256 = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

test('what was recorded is frozen: these files, with these bytes', () => {
  const found = Object.fromEntries(names.map((name) => [name, sha256(bytesOf(name))]));
  expect(found).toStrictEqual(SAMPLE_HASHES);
});

test('every schema that a type ever had is here, and has a step to the next', () => {
  const recorded = new Set(names.map(envelopeOf).map(({ type, schema }) => `${type} ${schema}`));
  for (const [type, newest] of Object.entries(EVENT_SCHEMA)) {
    expect(STEPS[type as keyof typeof STEPS]?.length ?? 0).toBe(newest - 1);
    for (let schema = 1; schema <= newest; schema += 1) {
      expect(recorded).toContain(`${type} ${schema}`);
    }
  }
});

describe.each(names)('%s', (name) => {
  const sample = sampleOf(name);
  const envelope = envelopeOf(name);

  test('leaf and commitment are those of the bytes', () => {
    expect(name.startsWith(`${envelope.type}.${envelope.schema}`)).toBe(true);
    expect(sha256(Buffer.from([0]), sample.envelope)).toBe(sample.leaf);
    const { salt, private: hidden } = sample;
    const commit = hidden === null ? null : sha256(Buffer.from(salt ?? '', 'hex'), hidden);
    expect(envelope.commit).toBe(commit);
  });

  test('reads as what the contract of today says, without a default filled in', () => {
    const hidden = sample.private === null ? null : PrivatePart.parse(JSON.parse(sample.private));
    const { type, ...content } = upcast({
      ...{ type: envelope.type, schema: envelope.schema, public: envelope.data },
      private: hidden?.facts ?? null,
    });
    expect(content.schema).toBe(EVENT_SCHEMA[type]);
    expect(EVENT_DATA[type].parse(content.public)).toStrictEqual(content.public);
    if (!(type in EVENT_PRIVATE)) return expect(content.private).toBeNull();
    const facts = EVENT_PRIVATE[type as keyof typeof EVENT_PRIVATE];
    expect(facts.parse(content.private)).toStrictEqual(content.private);
  });

  test('the index reads it', () => {
    const fact = factOf({ seq: envelope.seq, envelope, privateText: sample.private });
    expect(fact.seq).toBe(envelope.seq);
  });
});

const decoded = (name: string) => {
  const event = decodeEvent(envelopeOf(name), sampleOf(name).private);
  if (!event) throw new Error(`${name} has no event`);
  return event;
};

const LIFE = [
  ...['ContractSubmitted', 'SupplementRequested', 'ContractSubmitted', 'ContractAccepted'],
  ...['FirstReviewPassed', 'ContractRegistered', 'ReceiptRecorded', 'ReceiptConfirmed'],
  ...['ReceiptVerified', 'ReceiptReversalProposed', 'ReceiptReversed', 'ChangeProposed'],
  ...['ChangeRejected', 'ChangeProposed', 'ContractAmended', 'ContractDeregistered'],
  ...['ContractRevoked', 'PrivatePartErased'],
];
const REFUSED_LIFE = ['ContractSubmitted', 'RegistrationRefused'];

/** The sample of a type in a recording, or its only one. */
const inRecording = (type: string, recording: string): string => {
  const name = `${type}.${recording}`;
  return names.includes(name) ? name : `${type}.1`;
};

describe.each(['1', '1-with-form', '2'])('a contract whose events are of recording %s', (label) => {
  test.each([
    ['revoked', LIFE],
    ['refused', REFUSED_LIFE],
  ] as const)('goes through the decider and the read model to %s', (status, life) => {
    const events = life.map((type) => decoded(inRecording(type, label)));
    const own = events as unknown as readonly RegistrationEvent[];
    const state = own.reduce(evolveRegistration, initialRegistration());
    const document = own.reduce<ReturnType<typeof projectRegistration>>(
      (before, event, i) =>
        projectRegistration(before, {
          ...{ event, version: i + 1, seq: i + 1, recordedAt: '2026-11-20T02:00:00.000Z' },
        }),
      null,
    );
    expect([state.status, document?.status]).toStrictEqual([status, status]);
    if (state.status === 'none') throw new Error('no contract');
    expect(document?.private).toStrictEqual(state.private);
  });
});

test('a life of samples meets every type of a contract', () => {
  const contracts = names
    .map(envelopeOf)
    .filter(({ stream }) => stream.startsWith('contract-'))
    .map(({ type }) => type);
  expect([...new Set([...LIFE, ...REFUSED_LIFE])].sort()).toStrictEqual(
    [...new Set(contracts)].sort(),
  );
});

test.each(['Listing', 'Need'])('a %s opens, is renewed and closes', (what) => {
  const types = ['Opened', 'Renewed', 'Closed'].map((end) => `${what}${end}.1`);
  const events = types.map(decoded) as unknown as readonly ListingEvent[];
  const state = events.reduce(listingDecider.evolve, listingDecider.initialState());
  expect(state.status).toBe('closed');
});

test('a type or schema of a later program is refused by name, never passed over', () => {
  const later = EVENT_SCHEMA.ContractRegistered + 1;
  const read = (type: string, schema: number) => () => requireKnown(type, schema);
  expect(read('ContractRegistered', later)).toThrow(FeedBroken);
  expect(read('ContractRegistered', later)).toThrow(
    `event ContractRegistered of schema ${later} is not known here`,
  );
  expect(read('ContractRegistered', later - 1)).not.toThrow();
  expect(read('ContractRegistered', 0)).toThrow(FeedBroken);
  expect(read('SomethingNew', 1)).toThrow('event SomethingNew of schema 1 is not known here');
  expect(read('toString', 1)).toThrow(FeedBroken);
});
