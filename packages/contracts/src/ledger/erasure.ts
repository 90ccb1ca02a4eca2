import { z } from '@hono/zod-openapi';
import { EventActor } from './envelope.ts';

/** Why private words were erased: a code of this closed list, for it stands in the public part. */
export const ErasureReason = z.enum(['subject-request', 'court-order', 'recorded-in-error']);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** What stands where a name or a sentence was erased; it fits every field that had one. */
export const ERASED_TEXT = '已删除 · erased';

/** An erased private part as it is from then on: the same shape without personal or free text. */
export const KeptPart = z.strictObject({
  seq: z.int().positive(),
  actor: EventActor,
  facts: z.record(z.string(), z.unknown()),
});
export type KeptPart = z.infer<typeof KeptPart>;
