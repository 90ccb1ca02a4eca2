import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { ServiceName } from '../roles.ts';
import { Instant } from '../time.ts';

/** Who made the event: a person (pseudonymous ids), or a service on its own. Private. */
export const EventActor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), userId: Id, organisationId: Id }),
  z.strictObject({ kind: z.literal('service'), service: ServiceName }),
]);
export type EventActor = z.infer<typeof EventActor>;

/**
 * What the public part says of the actor: that it was a person, not which one. The ids stand in
 * the private part, for with them one could follow a person or an organisation through the log.
 */
const EnvelopeActor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person') }),
  z.strictObject({ kind: z.literal('service'), service: ServiceName }),
]);
export type EnvelopeActor = z.infer<typeof EnvelopeActor>;

/**
 * One row of the log, exactly as hashed: these keys in this order. Fixed from the first event on
 * (docs/decisions/0001); a golden row pins the bytes. `data` is the public part, byte for byte as
 * the writer gave it; `commit` is SHA-256(salt ‖ private bytes) in hex, or null without a private
 * part.
 */
export const Envelope = z.strictObject({
  seq: z.int().positive(),
  recordedAt: Instant,
  stream: z.string(),
  version: z.int().positive(),
  type: z.string(),
  schema: z.int().positive(),
  id: Id,
  actor: EnvelopeActor,
  data: z.record(z.string(), z.unknown()),
  commit: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type Envelope = z.infer<typeof Envelope>;

/** The first event of every log says what the log is, for life. */
export const LogKind = z.enum(['real', 'synthetic']);
export type LogKind = z.infer<typeof LogKind>;

/** The signed-off size of the log; the Merkle root and signature join it later without a move. */
export const LogHead = z.object({
  seq: z.int().nonnegative(),
  recordedAt: Instant.nullable(),
  kind: LogKind.nullable(),
});
export type LogHead = z.infer<typeof LogHead>;

/** One event as the feed carries it. `envelope` is the hashed text itself, not re-serialised. */
export const FeedItem = z.object({
  seq: z.int().positive(),
  envelope: z.string(),
  /** The private part as JSON text, when the reader may see it; null when not or when erased. */
  private: z.string().nullable(),
  /** What is left of an erased private part, for the same readers. No commitment covers it. */
  remainder: z.string().optional(),
});
export type FeedItem = z.infer<typeof FeedItem>;

export const FeedPage = z.object({ items: z.array(FeedItem), head: LogHead });
export type FeedPage = z.infer<typeof FeedPage>;

export const FEED_PAGE_SIZE_MAX = 1_000;
