import { addMonths, type LocalDate } from '../time.ts';
import type { DealType } from './listing.ts';

/** A stretch of the text that something was read from: UTF-16 offsets, half-open. */
export interface ReadMark {
  readonly start: number;
  readonly end: number;
}

/** What a need's own words say; null or empty where they say nothing. */
export interface NeedReading {
  readonly budgetFen: string | null;
  readonly trlWanted: number | null;
  readonly dealTypes: readonly DealType[];
  readonly deadline: LocalDate | null;
  /** Every phrase that was understood, figures included, in order of place. */
  readonly marks: readonly ReadMark[];
}

interface Found<T> {
  readonly value: T;
  readonly mark: ReadMark;
}

const markOf = (match: RegExpMatchArray): ReadMark => {
  const start = match.index ?? 0;
  return { start, end: start + match[0].trimEnd().length };
};

const FEN: Readonly<Record<string, bigint>> = {
  亿元: 10_000_000_000n,
  万元: 1_000_000n,
  million: 100_000_000n,
};
const AMOUNT = String.raw`(\d{1,7})(?:\.(\d{1,4}))?\s*`;
const BUDGETS = [
  new RegExp(
    `(?:预算|经费|投入|资金|费用)[^,，。;；\\d]{0,8}${AMOUNT}(亿元|万元)(?:以内|以下|左右)?`,
  ),
  new RegExp(`${AMOUNT}(亿元|万元)(?:以内|以下)`),
  new RegExp(`budget[^.\\d]{0,24}${AMOUNT}(million)`, 'i'),
];

const budgetIn = (text: string): Found<string> | undefined => {
  for (const pattern of BUDGETS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [, whole = '0', decimals = '', unit = ''] = match;
    const perUnit = FEN[unit.toLowerCase()] ?? 0n;
    const scaled = BigInt(whole + decimals.padEnd(4, '0')) * perUnit;
    return { value: (scaled / 10_000n).toString(), mark: markOf(match) };
  }
  return undefined;
};

/** Words of maturity as platforms use them, on the nine levels (ASSUMPTION); the first one said. */
const READINESS: readonly (readonly [RegExp, number])[] = [
  [/已?(?:量产|产业化|批量生产)/, 8],
  [/(?:通过|上|完成|达到)?中试(?:线|阶段)?|pilot (?:line|scale)/i, 6],
  [/样机|prototype/i, 6],
  [/小试(?:阶段)?|lab(?:oratory)? scale/i, 4],
];

const readinessIn = (text: string): Found<number> | undefined => {
  const stated = /TRL\s*([1-9])(?:\s*级?以上)?/i.exec(text);
  if (stated) return { value: Number(stated[1]), mark: markOf(stated) };
  for (const [pattern, value] of READINESS) {
    const match = pattern.exec(text);
    if (match) return { value, mark: markOf(match) };
  }
  return undefined;
};

const MONTHS: Readonly<Record<string, number>> = { 半年: 6, 一年: 12, 两年: 24, 三年: 36 };
const PERIOD =
  /(半年|一年|两年|三年|(\d{1,2})\s*个月|(\d)\s*年)(?:之内|以内|内)|within (\d{1,2}) months/i;

/** The same day so many months on, or the last one of a shorter month. */
const monthsOn = (today: LocalDate, months: number): LocalDate => {
  const month = addMonths(today.slice(0, 7), months);
  const day = Math.min(Number(today.slice(8)), 28);
  return `${month}-${String(day).padStart(2, '0')}`;
};

const deadlineIn = (text: string, today: LocalDate): Found<LocalDate> | undefined => {
  const match = PERIOD.exec(text);
  if (!match) return undefined;
  const [, words = '', months, years, english] = match;
  const count = MONTHS[words] ?? (years ? Number(years) * 12 : Number(months ?? english));
  return { value: monthsOn(today, count), mark: markOf(match) };
};

const DEALS: readonly (readonly [RegExp, DealType])[] = [
  [/转让|买断|acqui(?:re|sition)/i, 'transfer'],
  [/许可|授权使用|licen[cs]e/i, 'licence'],
  [/入股|equity/i, 'equity'],
  [/合作开发|联合开发|联合攻关|委托开发|joint development/i, 'joint-development'],
  [/合作生产|joint production/i, 'joint-production'],
  [/技术咨询|consulting/i, 'consulting'],
  [/技术服务|technical service/i, 'service'],
];

const dealsIn = (text: string): Found<DealType>[] =>
  DEALS.flatMap(([pattern, value]) => {
    const match = pattern.exec(text);
    return match ? [{ value, mark: markOf(match) }] : [];
  });

const UNIT = '(?:%|‰|℃|°C|[mμn]m|cm|MPa|GPa|kPa|Pa|kWh|kW|MW|Hz|kHz|MHz|mg|kg|ppm|dB|倍|年|小时|h)';
const COMPARED = '(?:不超过|不低于|不高于|不小于|不大于|小于|大于|低于|高于|超过|达到|≥|≤|<|>)';
const FIGURES = new RegExp(
  `\\p{Script=Han}{0,3}${COMPARED}\\s*\\d+(?:\\.\\d+)?\\s*${UNIT}?|\\d+(?:\\.\\d+)?\\s*${UNIT}`,
  'gu',
);

const merged = (marks: readonly ReadMark[]): ReadMark[] => {
  const kept: ReadMark[] = [];
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last && mark.start < last.end) {
      kept[kept.length - 1] = { start: last.start, end: Math.max(last.end, mark.end) };
    } else kept.push(mark);
  }
  return kept;
};

/**
 * Reads budget, readiness, deal types, deadline and figures from a need in its owner's words. It
 * proposes and decides nothing: the owner sees what was read and may change it. `today` is the
 * business day from which a period runs.
 */
export const readNeed = (text: string, today: LocalDate): NeedReading => {
  const budget = budgetIn(text);
  const readiness = readinessIn(text);
  const deadline = deadlineIn(text, today);
  const deals = dealsIn(text);
  const figures = [...text.matchAll(FIGURES)].map(markOf);
  const marks = [budget, readiness, deadline, ...deals].flatMap((f) => (f ? [f.mark] : []));
  return {
    budgetFen: budget?.value ?? null,
    trlWanted: readiness?.value ?? null,
    dealTypes: deals.map((deal) => deal.value),
    deadline: deadline?.value ?? null,
    marks: merged([...marks, ...figures]),
  };
};
