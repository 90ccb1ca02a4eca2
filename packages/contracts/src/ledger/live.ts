import { z } from '@hono/zod-openapi';
import { ContractType, FieldCode, Region } from '../codes.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate, LocalMonth } from '../time.ts';
import { LogHead } from './envelope.ts';
import { IndexCell } from './index-cell.ts';
import { EvidenceGrade, HiddenReason, NoValueReason, Points } from './index-family.ts';

/** Index value as a decimal string with two decimals; null is «not defined» or hidden. */
export const IndexValue = z.string().regex(/^\d+\.\d{2}$/);

/** `hidden`: the cell has a value, but showing it could reveal a single contract. */
export const IndexState = z.enum(['defined', 'not-defined', 'hidden']);

export const IndexPoint = z.object({
  month: LocalMonth,
  state: IndexState,
  value: IndexValue.nullable(),
  /** Why there is no value, or why it is hidden; null when there is one. */
  reason: z.enum([...NoValueReason.options, ...HiddenReason.options]).nullable(),
  /** The month is not over at the head: the value will still move. */
  provisional: z.boolean(),
});
export type IndexPoint = z.infer<typeof IndexPoint>;

/** Which method made the values: name, version and the SHA-256 of its parameter object. */
export const MethodRef = z.object({
  name: z.string(),
  version: z.string(),
  parameterHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type MethodRef = z.infer<typeof MethodRef>;

/**
 * Which mean of the twelve base months stands below: geometric, or arithmetic (flagged) when the
 * cell had a month without trade. null before the base is complete or without a base.
 */
export const BaseMean = z.enum(['geometric', 'arithmetic']).nullable();

/** A year's contract value against its target. Amounts in fen; days are working days. */
export const Gauge = z.object({
  year: z.int(),
  asOf: LogHead,
  asOfDay: LocalDate,
  target: z
    .object({
      amountFen: FenString,
      /** The year for which the target was set; another than `year` means it is carried. */
      setForYear: z.int(),
      carried: z.boolean(),
      rule: z.enum(['exceed', 'reach']),
      source: z.string(),
    })
    .nullable(),
  contractValueFen: FenString,
  technologyValueFen: FenString,
  contractCount: z.int(),
  allTimeContractValueFen: FenString,
  workingDaysTotal: z.int(),
  workingDaysGone: z.int(),
  workingDaysLeft: z.int(),
  /** The holiday calendar does not cover the whole year: Monday to Friday was counted. */
  calendarProvisional: z.boolean(),
  /** Rounded up. null when the target is reached, there is none, or no working day is left. */
  requiredPerWorkingDayFen: FenString.nullable(),
  /** Contract value of the last twenty working days up to `asOfDay` ÷ 20, rounded down. */
  meanOfLast20WorkingDaysFen: FenString,
  /** Year to date + that mean × working days left. */
  projectedFen: FenString,
  reachedOn: LocalDate.nullable(),
});
export type Gauge = z.infer<typeof Gauge>;

/** One line of the public contract feed: no party, no title; a value only if both publish it. */
export const FeedLine = z.object({
  seq: z.int(),
  recordedAt: Instant,
  registeredOn: LocalDate,
  fieldCode: FieldCode,
  contractType: ContractType,
  sellerDistrict: Region,
  buyerDistrict: Region,
  publishedValueFen: FenString.nullable(),
});
export type FeedLine = z.infer<typeof FeedLine>;

/** Latest closed month of a cell with its change; basis points of the value itself. */
export const CellNow = z.object({
  cell: IndexCell,
  base: BaseMean,
  point: IndexPoint.nullable(),
  monthOnMonthBp: z.int().nullable(),
  yearOnYearBp: z.int().nullable(),
  /** State index: 100 is the average cell of its partition now. */
  stateIndex: Points.nullable(),
  grade: EvidenceGrade.nullable(),
  flags: z.array(z.string()),
});
export type CellNow = z.infer<typeof CellNow>;

/**
 * Everything that the live screen shows, in one object. `exact: false` is the public view: it
 * moves only in steps of at least three contracts from three sellers (design.md §5).
 */
export const LiveSnapshot = z
  .object({
    exact: z.boolean(),
    city: z.string(),
    /** Head of the log itself: how fresh the system is. */
    head: LogHead,
    /** Head that the numbers are as of (behind `head` in the public view). */
    asOf: LogHead,
    method: MethodRef,
    /** `series`: at most the last 24 closed months, oldest first; `running` comes after them. */
    overall: CellNow.extend({
      series: z.array(IndexPoint),
      /** The same over twelve months up to the latest closed one; null: not defined yet. */
      rolling: CellNow.nullable(),
    }),
    /** The running month: moves with every registration (exact) or step (public). */
    running: IndexPoint.nullable(),
    gauge: Gauge,
    districts: z.array(CellNow),
    industries: z.array(CellNow),
    fields: z.array(
      CellNow.extend({
        /**
         * Contract value of the gauge's year; null when hidden. In the public view it moves by
         * amounts over at least three contracts of the field, so the sum may lag the gauge.
         */
        contractValueFen: FenString.nullable(),
      }),
    ),
    feed: z.array(FeedLine),
    registeredToday: z.int(),
  })
  .openapi('LiveSnapshot');
export type LiveSnapshot = z.infer<typeof LiveSnapshot>;

/** Events of the live stream: a snapshot after each change, a heartbeat every five seconds. */
export const LIVE_EVENT_SNAPSHOT = 'snapshot';
export const LIVE_EVENT_HEARTBEAT = 'heartbeat';
export const LIVE_HEARTBEAT_MS = 5_000;

/** What a heartbeat says: where the log is, where the numbers are, and whether they are stale. */
export const LiveHeartbeat = z.object({
  at: Instant,
  head: LogHead,
  asOf: LogHead,
  /** `behind`: events of the log wait to be counted; `broken`: counting has stopped. */
  status: z.enum(['live', 'behind', 'broken']),
});
export type LiveHeartbeat = z.infer<typeof LiveHeartbeat>;
