import { z } from '@hono/zod-openapi';
import { v5 } from 'uuid';
import { Region } from './codes.ts';
import { Id } from './ids.ts';
import { Uscc } from './uscc.ts';

/** Namespace of party ids: fixed for life, or the same party would get a second id. */
const PARTY_NAMESPACE = '6f1f1f2e-6f0b-5b8e-9c1d-4a49a6b0d3c7';

/**
 * Party = domestic organisation (统一社会信用代码) | foreign organisation (country + registered
 * name) | person (keyed reference; the identity itself stays in an erasable store).
 */
export const PartyKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('domestic'), uscc: Uscc }),
  z.strictObject({
    kind: z.literal('foreign'),
    country: z.string().regex(/^[A-Z]{2}$/),
    registeredName: z.string().min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('person'), subjectRef: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type PartyKey = z.infer<typeof PartyKey>;

const keyText = (key: PartyKey): string => {
  switch (key.kind) {
    case 'domestic':
      return `domestic:${key.uscc}`;
    case 'foreign':
      return `foreign:${key.country}:${key.registeredName.normalize('NFKC').trim().toLowerCase()}`;
    case 'person':
      return `person:${key.subjectRef}`;
  }
};

/** The party's id, derived from its key alone: the same for account holders and for strangers. */
export const partyIdOf = (key: PartyKey): Id => v5(keyText(key), PARTY_NAMESPACE);

/** What the party is, for rules that ask (a subsidy for enterprises buying from universities). */
export const PartyNature = z.enum([
  'enterprise',
  'university',
  'institute',
  'public-institution',
  'association',
  'government',
  'person',
  'foreign',
]);
export type PartyNature = z.infer<typeof PartyNature>;

/** A party as a contract names it. Private: never in the public part of an event. */
export const PartyRef = z.strictObject({
  partyId: Id,
  key: PartyKey,
  name: z.string().min(1).max(200),
  nature: PartyNature,
  district: Region,
});
export type PartyRef = z.infer<typeof PartyRef>;
