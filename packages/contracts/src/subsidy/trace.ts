import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { FenString, RateBp } from '../money.ts';
import { Instant, LocalDate } from '../time.ts';
import { SourceStatus } from './policy.ts';

/** Where a line of an answer comes from; each opens into something that can be looked at. */
export const TraceSource = z.discriminatedUnion('kind', [
  /** Verified receipts, by their sequences in the ledger. */
  z.object({ kind: z.literal('receipts'), seqs: z.array(z.int()) }),
  /** The contract as registered or last changed. */
  z.object({ kind: z.literal('contract'), seqs: z.array(z.int()) }),
  z.object({ kind: z.literal('article'), article: z.string(), parameters: z.array(z.string()) }),
  z.object({ kind: z.literal('cases'), caseIds: z.array(Id) }),
  /** Computed from the lines named. */
  z.object({ kind: z.literal('lines'), steps: z.array(z.int()) }),
]);
export type TraceSource = z.infer<typeof TraceSource>;

export const TraceKind = z.enum([
  'received',
  'not-counted',
  'base',
  'rate',
  'share',
  'cap',
  'cap-used',
  'cap-remaining',
  'award',
]);
export type TraceKind = z.infer<typeof TraceKind>;

/** One line of an answer, from the money that arrived to the award. */
export const TraceLine = z.object({
  step: z.int().positive(),
  kind: TraceKind,
  /** null for the rate. */
  amountFen: FenString.nullable(),
  rateBp: RateBp.nullable(),
  /** How it enters: a figure, one taken away, a factor, a result. */
  sign: z.enum(['plus', 'minus', 'times', 'equals']),
  source: TraceSource,
  /** `VERIFIED` for facts of the ledger and earlier cases; else how well the rule is known. */
  status: z.enum(['VERIFIED', ...SourceStatus.options]).nullable(),
});
export type TraceLine = z.infer<typeof TraceLine>;

export const StageName = z.enum([
  'receipt',
  'computed',
  'decision',
  'approval',
  'notice',
  'payment',
]);
export type StageName = z.infer<typeof StageName>;

/** A step of the case's way: when it was done, or since when it waits. */
export const Stage = z.object({
  stage: StageName,
  state: z.enum(['done', 'current', 'ahead', 'dropped']),
  /** Done: when. Current: since when. */
  at: Instant.nullable(),
  /** Calendar days waited until today; null unless current. */
  days: z.int().nonnegative().nullable(),
  /** For the notice: the first day after it. */
  until: LocalDate.nullable(),
});
export type Stage = z.infer<typeof Stage>;
