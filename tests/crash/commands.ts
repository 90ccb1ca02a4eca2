import { createHash } from 'node:crypto';
import type { AppendCommand, Claim, Expected, NewEvent } from '@jishi/ledger/store/log/append';
import { randomFrom } from '../drill/random.ts';

/**
 * What a writer sends, as a function of seed, writer and number alone: the journals keep numbers
 * only, and the audit makes every command again to compare it byte for byte.
 */
export type CommandKind = 'hot' | 'cold' | 'raced' | 'decided';

export interface CrashCommand {
  readonly kind: CommandKind;
  readonly org: string;
  readonly id: string;
  readonly hash: Buffer;
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly claims: readonly Claim[];
  /** `known`: the version that the writer last saw. */
  readonly expects: 'known' | Expected;
}

const HOT_STREAMS = 12;
const TEXT_CHARACTERS_MAX = 700;
const SALT_BYTES = 32;
/** Numbers that share one claimed key, so that writers contend for it. */
const KEY_SPREAD = 8;

const digest = (...parts: readonly (string | number)[]): Buffer =>
  createHash('sha256').update(parts.join(' ')).digest();

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The number is legible in the id: the audit finds the command of a row by it. */
const idOf = (seed: number, writer: number, n: number, part: number): string =>
  `${hex(seed >>> 0, 8)}-${hex(writer, 4)}-8${hex(part, 3)}-8000-${hex(n, 12)}`;

export const numberIn = (commandId: string): number => Number.parseInt(commandId.slice(24), 16);

export const orgOf = (writer: number): string => `crash:${writer}`;

const uuidOf = (...parts: readonly (string | number)[]): string => {
  const text = digest(...parts).toString('hex');
  const groups = [text.slice(0, 8), text.slice(8, 12), `8${text.slice(13, 16)}`];
  return [...groups, `8${text.slice(17, 20)}`, text.slice(20, 32)].join('-');
};

type Random = ReturnType<typeof randomFrom>;

const kindOf = (random: Random): CommandKind => {
  const n = random.between(0, 100);
  if (n < 45) return 'hot';
  if (n < 80) return 'cold';
  return n < 90 ? 'raced' : 'decided';
};

const streamOf = (kind: CommandKind, seed: number, writer: number, n: number, random: Random) => {
  switch (kind) {
    case 'hot':
      return `contract-${uuidOf(seed, 'hot', random.between(0, HOT_STREAMS))}`;
    case 'cold':
      return `contract-${uuidOf(seed, 'cold', writer, n >> 1)}`;
    case 'raced':
      return `contract-${uuidOf(seed, 'raced', n)}`;
    case 'decided':
      return `listing-${uuidOf(seed, 'decided', writer, n >> 3)}`;
  }
};

const eventOf = (
  kind: CommandKind,
  place: readonly [seed: number, writer: number, n: number, part: number],
  stream: string,
  random: Random,
): NewEvent => {
  const [seed, writer, n, part] = place;
  const event = {
    schema: 1,
    id: idOf(seed, writer, n, part),
    actor: { kind: 'service', service: 'ledger' },
    recordedAt: null,
  } as const;
  if (kind === 'decided') {
    const data = JSON.stringify({ listingId: stream.slice('listing-'.length), expiresOn: null });
    return { ...event, type: 'ListingRenewed', data, private: null };
  }
  const text = '技术合同 "\\'.repeat(random.between(0, TEXT_CHARACTERS_MAX) / 8);
  const hidden = random.between(0, 2) === 0;
  return {
    ...event,
    type: 'ReceiptConfirmed',
    data: JSON.stringify({ writer, n, part, text }),
    private: hidden
      ? {
          salt: digest(...place, 'salt').subarray(0, SALT_BYTES),
          body: JSON.stringify({ n, part, amountFen: String(n * 100 + part), text }),
        }
      : null,
  };
};

const expectsOf = (kind: CommandKind, n: number, random: Random): CrashCommand['expects'] => {
  if (kind === 'raced') return 0;
  if (kind === 'cold') return n % 2 === 0 ? 0 : random.pick(['any', 'known'] as const);
  return random.pick(['known', 'known', 'any', 'exists'] as const);
};

export const commandOf = (seed: number, writer: number, n: number): CrashCommand => {
  const random = randomFrom(digest(seed, writer, n).readUInt32LE());
  const kind = kindOf(random);
  const stream = streamOf(kind, seed, writer, n, random);
  const count = kind === 'decided' ? 1 : random.pick([1, 1, 1, 2, 3]);
  const claims: readonly Claim[] =
    kind !== 'decided' && random.between(0, 4) === 0
      ? [{ kind: 'evidence', key: uuidOf(seed, 'key', Math.floor(n / KEY_SPREAD)) }]
      : [];
  return {
    ...{ kind, stream, claims },
    org: orgOf(writer),
    id: idOf(seed, writer, n, 0),
    hash: digest(seed, writer, n, 'asked'),
    expects: expectsOf(kind, n, random),
    events: Array.from({ length: count }, (_, i) =>
      eventOf(kind, [seed, writer, n, i + 1], stream, random),
    ),
  };
};

export const appendOf = (command: CrashCommand, expected: Expected): AppendCommand => {
  const { org, id, hash, stream, events, claims } = command;
  return { org, id, hash, stream, events, claims, expected };
};
