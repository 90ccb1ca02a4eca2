import { z } from '@hono/zod-openapi';
import { ContractType, FieldCode, IndustryCode, Region } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { LocalDate, LocalMonth } from '../time.ts';
import { IndexCell } from './index-cell.ts';
import {
  Contributions,
  LinkedMethod,
  NoValueReason,
  PartingBy,
  Points,
  SeriesKey,
  ValueLine,
  ValuesFrame,
  ValuesHead,
  VintageMark,
} from './index-family.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;
const atLeast = { atLeast: z.coerce.number().int().nonnegative().optional() };
const asOf = { asOf: z.coerce.number().int().nonnegative().optional() };
/** Version of the method, `1.0.0`; without it the one in force. */
const method = { method: z.string().max(20).optional() };
const BEYOND = ['not-caught-up', 'as-of-beyond-head', 'as-of-not-public'] as const;

/**
 * Every value of the family in the asked months. Operator and auditor: as of the head or of any
 * sequence, exactly what `recompute` prints from an export up to it. Everybody else: as it was
 * published, the latest vintage of each month; what is hidden says why.
 */
export const readIndexValues = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/values',
  summary: { zh: '指数族全部数值', en: 'Every value of the index family, month by month' },
  access: { who: 'public' },
  /** Without months: the latest ended month, or the latest published one. At most 60 months. */
  query: z.strictObject({
    from: LocalMonth.optional(),
    to: LocalMonth.optional(),
    ...asOf,
    ...atLeast,
    ...method,
  }),
  answer: ValuesHead.extend({ exact: z.boolean(), values: z.array(ValueLine) }),
  refusals: BEYOND,
});

/** Which number of a period is meant: as of the head, or as it was published. */
export const VintageAsked = z.enum(['restated', 'first', 'latest']);

/** A point of a series: the value, and which vintage it is; null: restated now, not published. */
export const SeriesPoint = ValueLine.omit({ series: true, windowMonths: true }).extend({
  vintage: VintageMark.nullable(),
  /** Basis points of the value itself; null where one of the two is not shown. */
  monthOnMonthBp: z.int().nullable(),
  yearOnYearBp: z.int().nullable(),
});

export const readIndexSeries = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/series',
  summary: { zh: '一个指数序列', en: 'One series of the family, by month' },
  access: { who: 'public' },
  /**
   * `window` in months: 1 or 12 for the city, 3 for a cell; another is refused. `vintage`:
   * `restated` (operator and auditor; also as of an earlier sequence), `first` or `latest`
   * published (everybody, and the default for everybody else).
   */
  query: z.strictObject({
    cell: IndexCell.default('city'),
    window: z.coerce.number().int().optional(),
    from: LocalMonth.optional(),
    to: LocalMonth.optional(),
    vintage: VintageAsked.optional(),
    ...asOf,
    ...atLeast,
    ...method,
  }),
  answer: z.object({
    series: SeriesKey,
    cell: IndexCell,
    windowMonths: z.int(),
    exact: z.boolean(),
    vintage: VintageAsked,
    head: ValuesHead.shape.head,
    methods: z.array(LinkedMethod),
    points: z.array(SeriesPoint),
  }),
  refusals: [...BEYOND, 'role-missing'],
});

/**
 * Who moved an index between two months; the lines add up to the last digit. Single contracts are
 * for operator and auditor; the public reads the city's published months, with hidden parts in one
 * line, and its components.
 */
export const readContributions = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/contributions',
  summary: { zh: '贡献分解', en: 'Exact contributions between two months' },
  access: { who: 'public' },
  query: z.strictObject({
    cell: IndexCell.default('city'),
    window: z.coerce.number().int().optional(),
    from: LocalMonth,
    to: LocalMonth,
    by: PartingBy.default('component'),
    ...asOf,
    ...atLeast,
  }),
  answer: Contributions.extend({
    exact: z.boolean(),
    head: ValuesHead.shape.head,
  }),
  refusals: [...BEYOND, 'role-missing'],
});

/** A contract behind a cell, with what of it counted. */
const CellContract = z.object({
  contractId: Id,
  registeredOn: LocalDate,
  contractType: ContractType,
  fieldCode: FieldCode,
  industryCode: IndustryCode,
  sellerDistrict: Region,
  buyerDistrict: Region.nullable(),
  contractValueFen: FenString,
  technologyValueFen: FenString,
  /** Its share of the unit's capped value; 0 where it is not in the universe. */
  countedFen: FenString,
  /** Contracts of the same seller, buyer, field and month are one deal unit. */
  unitContracts: z.int().positive(),
  excluded: z.enum(['related-party', 'subcontract-copy']).nullable(),
});

/** Operator and auditor see all of them, a party its own, everybody else none. */
export const listCellContracts = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/contracts',
  summary: { zh: '一个数值背后的合同', en: 'The contracts behind one value' },
  access: { who: 'signed-in' },
  query: z.strictObject({
    cell: IndexCell.default('city'),
    window: z.coerce.number().int().optional(),
    period: LocalMonth,
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    ...asOf,
    ...atLeast,
  }),
  answer: z.object({
    series: SeriesKey,
    head: ValuesHead.shape.head,
    /** Of all that the caller may see, not of this page alone. */
    total: z.object({ contracts: z.int(), units: z.int(), countedFen: FenString }),
    items: z.array(CellContract),
    next: Id.nullable(),
  }),
  refusals: ['not-caught-up', 'as-of-beyond-head', 'role-missing'],
});

/** The method in words, made from the parameters, with the file itself and its hashes. */
export const readMethod = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/method',
  summary: { zh: '指数方法与参数', en: 'The index method in force and its parameters' },
  access: { who: 'public' },
  query: z.strictObject({ on: LocalDate.optional(), ...method }),
  answer: z.object({
    name: z.string(),
    version: z.string(),
    /** SHA-256 of the parameter file's RFC 8785 form. */
    parameterHash: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    /** θ of each link year that has been linked. */
    linked: z.array(LinkedMethod),
    sections: z.array(
      z.object({
        id: z.string(),
        title: z.object({ zh: z.string(), en: z.string() }),
        paragraphs: z.array(z.object({ zh: z.string(), en: z.string() })),
        /** Formula as text, where there is one. */
        formula: z.string().nullable(),
      }),
    ),
  }),
  refusals: [],
});

/** Which release of a month is due when: working days after its last day, quarters, the freeze. */
export const readReleaseCalendar = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/calendar',
  summary: { zh: '发布日历', en: 'When each month is released, and what has been' },
  access: { who: 'public' },
  query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
  answer: z.object({
    year: z.int(),
    items: z.array(
      z.object({
        period: LocalMonth,
        release: z.enum(['flash', 'first', 'second', 'annual-close']),
        dueOn: LocalDate,
        /** Beyond the years that the holiday calendar covers: Monday to Friday were counted. */
        dueProvisional: z.boolean(),
        /** No text gives this offset: an assumption of this installation, said as such. */
        isAssumed: z.boolean(),
        /** The first publication since the release before it was due; null: none yet. */
        published: VintageMark.nullable(),
      }),
    ),
  }),
  refusals: [],
});

/** The same values as `/index/values` as a file; text that a spreadsheet could run is quoted. */
export const downloadIndexValues = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/download',
  summary: { zh: '下载指数(CSV、XLSX)', en: 'Index values as CSV or XLSX' },
  access: { who: 'public' },
  query: z.strictObject({
    format: z.enum(['csv', 'xlsx']).default('csv'),
    from: LocalMonth.optional(),
    to: LocalMonth.optional(),
    ...asOf,
  }),
  answer: z.unknown(),
  refusals: BEYOND,
  sends: 'file',
});

/** The live values as they move: `values` frames (ValuesFrame), at most one in 20 ms. */
export const streamIndexValues = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/stream',
  summary: { zh: '暂估指数推送', en: 'Provisional values as they move' },
  access: { who: 'public' },
  answer: ValuesFrame,
  refusals: [],
  sends: 'events',
});
export const VALUES_EVENT = 'values';

/** One cell of a yearly table; row or column `*` is a sum. */
const YearTableCell = z.object({
  row: z.string(),
  column: z.string(),
  contracts: z.int().nonnegative(),
  units: z.int().nonnegative(),
  /** Uncapped; null where it is hidden from whoever asks. */
  technologyValueFen: FenString.nullable(),
  /** District by field alone: the change index of the year, own base 1000; null also for sums. */
  value: Points.nullable(),
  /** Why there is no value; null also while the year is running. */
  reason: NoValueReason.nullable(),
  /** `held:C`, `thin:units`, `not-linked` …; told with the value. */
  flags: z.array(z.string()),
  /** Told to operator and auditor too: why the public does not see amount and value. */
  hidden: z.enum(['primary', 'secondary']).nullable(),
  /** `base`: the cell is hidden in the table of its reference year, so its index is here. */
  valueHidden: z.enum(['primary', 'secondary', 'base']).nullable(),
});

/**
 * District by field over a calendar year, or the flow from the seller's district to the buyer's
 * region; an import stands with its domestic buyer's district on both sides.
 */
export const YearTable = z.object({
  table: z.enum(['district-field', 'flows']),
  year: z.int(),
  exact: z.boolean(),
  /** Whether the year is over at the head; a running year has no index. */
  closed: z.boolean(),
  head: ValuesHead.shape.head,
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  cells: z.array(YearTableCell),
});
export type YearTable = z.infer<typeof YearTable>;

/**
 * Operator and auditor: as of the head or of any sequence. Everybody else: a year once and for
 * good, as of the link head of the year after it; before, `not-found` with `year: not-published`.
 */
export const readYearTable = endpoint({
  ...ledger,
  method: 'get',
  path: '/index/tables/{table}',
  summary: {
    zh: '年度表:板块×领域、卖方×买方(吸纳)流向',
    en: 'Yearly tables: district by field, and the flow from sellers to buyers',
  },
  access: { who: 'public' },
  params: z.strictObject({ table: z.enum(['district-field', 'flows']) }),
  query: z.strictObject({
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    ...asOf,
    ...atLeast,
  }),
  answer: YearTable,
  refusals: BEYOND,
});

export const INDEX_ENDPOINTS = [
  readIndexValues,
  readIndexSeries,
  readContributions,
  listCellContracts,
  readMethod,
  readReleaseCalendar,
  downloadIndexValues,
  streamIndexValues,
  readYearTable,
];
