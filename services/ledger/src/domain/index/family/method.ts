import { refuseField } from '@jishi/contracts/problem';
import type { LocalMonth } from '@jishi/contracts/time';
import { canonicalJson, type JsonValue } from '../canonical-json.ts';
import { addToMonth, monthNumber, monthSpan } from './calendar.ts';
import {
  CODES_OF,
  COMPONENTS,
  type Component,
  type EditionFile,
  type MethodFile,
  type ReferenceFile,
} from './method-file.ts';
import { checkForm } from './method-form.ts';
import { isSame, ONE, parseRational, plus, type Rational, ZERO } from './rational.ts';

/** Weights of the priors: of the cross-region share, the hazard, the time and the price. */
export interface Shrink {
  readonly kx: Rational;
  readonly kh: Rational;
  readonly kT: Rational;
  readonly kP: Rational;
}

/** θ of one link year, without what is frozen at its link. */
export interface Edition {
  readonly linkYear: number;
  readonly weights: Readonly<Record<Component, Rational>>;
  readonly breadth: { readonly P: Rational; readonly X: Rational; readonly E: Rational };
  readonly conversion: { readonly h: Rational; readonly T: Rational };
  readonly capPercentile: Rational;
  readonly capStepFen: bigint;
  readonly shrink: { readonly city: Shrink; readonly cell: Shrink; readonly state: Shrink };
  readonly minEvidence: number;
  readonly linkHead: number | null;
  readonly freezeHead: number | null;
  readonly reference: ReferenceFile | null;
}

export interface Method {
  readonly file: MethodFile;
  readonly baseMonths: readonly LocalMonth[];
  readonly level: bigint;
  readonly stateAverage: bigint;
  /** Full codes `district:sip` …, in code order. */
  readonly cells: Readonly<Record<'district' | 'industry' | 'field', readonly string[]>>;
  readonly windows: { readonly city: number; readonly cityLong: number; readonly cell: number };
  readonly daysPerListingMonth: bigint;
  readonly editions: readonly Edition[];
}

const refuse = (field: string, rule: string, zh: string, en: string): Error =>
  refuseField('invalid-input', field, rule, zh, en);

const shrinkOf = (given: EditionFile['shrink']['city']): Shrink => ({
  kx: parseRational(given.kx),
  kh: parseRational(given.kh),
  kT: parseRational(given.kT),
  kP: parseRational(given.kP),
});

const weightsOf = (given: EditionFile, field: string): Edition['weights'] => {
  const pairs = COMPONENTS.map((j) => [j, parseRational(given.weights[j])] as const);
  if (!isSame(pairs.map(([, weight]) => weight).reduce(plus, ZERO), ONE)) {
    throw refuse(
      `${field}.weights`,
      'weights-not-one',
      '权重之和不等于 1',
      'Weights must sum to 1',
    );
  }
  return Object.fromEntries(pairs) as Record<Component, Rational>;
};

const editionOf = (given: EditionFile, field: string): Edition => ({
  linkYear: Number(given.linkYear),
  weights: weightsOf(given, field),
  breadth: {
    P: parseRational(given.breadth.P),
    X: parseRational(given.breadth.X),
    E: parseRational(given.breadth.E),
  },
  conversion: { h: parseRational(given.conversion.h), T: parseRational(given.conversion.T) },
  capPercentile: parseRational(given.cap.percentile),
  capStepFen: BigInt(given.cap.stepFen),
  shrink: {
    city: shrinkOf(given.shrink.city),
    cell: shrinkOf(given.shrink.cell),
    state: shrinkOf(given.shrink.state),
  },
  minEvidence: Number(given.minEvidence),
  linkHead: given.linkHead === null ? null : Number(given.linkHead),
  freezeHead: given.freezeHead === null ? null : Number(given.freezeHead),
  reference: given.reference,
});

/** Each edition begins on the day on which the one before ends, and holds for its link year. */
const checkDates = (editions: readonly EditionFile[]): void => {
  editions.forEach((edition, i) => {
    const field = `editions[${i}]`;
    if (edition.effectiveFrom !== `${edition.linkYear}-01-01`) {
      const [zh, en] = ['生效日不是链接年的第一天', 'An edition begins with its link year'];
      throw refuse(`${field}.effectiveFrom`, 'edition-date', zh, en);
    }
    const next = editions[i + 1];
    if (!next) return;
    const end = edition.effectiveTo;
    if (end === null || end > next.effectiveFrom) {
      throw refuse(
        `${field}.effectiveTo`,
        'parameters-overlap',
        '参数期间重叠',
        'Editions overlap',
      );
    }
    if (end < next.effectiveFrom || Number(next.linkYear) !== Number(edition.linkYear) + 1) {
      throw refuse(`${field}.effectiveTo`, 'parameters-gap', '参数期间有空缺', 'A gap of editions');
    }
  });
};

const checkBase = ({ base, editions }: MethodFile): void => {
  const [zh, en] = ['基期须早于第一个链接年', 'The base lies right before the first link year'];
  const isTurned = monthNumber(base.to) < monthNumber(base.from);
  const follows = addToMonth(base.to, 1) === `${editions[0]?.linkYear}-01`;
  if (isTurned || !follows) throw refuse('base.to', 'base-span', zh, en);
};

const cellsOf = (file: MethodFile, partition: keyof MethodFile['partitions']): string[] => {
  const codes = file.partitions[partition];
  codes.forEach((code, i) => {
    const field = `partitions.${partition}[${i}]`;
    if (!CODES_OF[partition].includes(code)) {
      throw refuse(field, 'unknown-cell', '没有这个分组', `There is no ${partition} ${code}`);
    }
    if (codes.indexOf(code) !== i) {
      throw refuse(field, 'cell-twice', '分组重复', `${partition} ${code} stands twice`);
    }
  });
  return codes.map((code) => `${partition}:${code}`).sort();
};

/** The percentile of the cap is a rank: above nothing, at most everything. */
const checkCaps = (editions: readonly Edition[]): void => {
  editions.forEach(({ capPercentile: { top, bottom } }, i) => {
    if (top > 0n && top <= bottom) return;
    const [zh, en] = ['封顶分位须大于 0、不大于 1', 'A percentile is above 0 and at most 1'];
    throw refuse(`editions[${i}].cap.percentile`, 'cap-percentile', zh, en);
  });
};

/**
 * Reads a parameter file. Refusals (`invalid-input`, with the field), in this order:
 * parameters-form, edition-date, parameters-overlap, parameters-gap, base-span, unknown-cell,
 * cell-twice, weights-not-one, cap-percentile. A base without data is found when it is computed.
 */
export const readMethod = (given: unknown): Method => {
  const file = checkForm(given);
  checkDates(file.editions);
  checkBase(file);
  const editions = file.editions.map((edition, n) => editionOf(edition, `editions[${n}]`));
  checkCaps(editions);
  return {
    file,
    baseMonths: monthSpan(file.base.from, file.base.to),
    level: BigInt(file.base.level),
    stateAverage: BigInt(file.stateAverage),
    cells: {
      district: cellsOf(file, 'district'),
      industry: cellsOf(file, 'industry'),
      field: cellsOf(file, 'field'),
    },
    windows: {
      city: Number(file.windows.city),
      cityLong: Number(file.windows.cityLong),
      cell: Number(file.windows.cell),
    },
    daysPerListingMonth: BigInt(file.daysPerListingMonth),
    editions,
  };
};

/**
 * The text whose SHA-256 is θ: the RFC 8785 form of the file with one edition alone and with its
 * reference block, whether it was given or computed.
 */
export const editionText = (
  { file }: Method,
  linkYear: number,
  reference: ReferenceFile | null,
): string => {
  const { editions, ...shared } = file;
  const edition = editions.find((one) => Number(one.linkYear) === linkYear);
  if (!edition) throw new Error(`no edition for ${linkYear}`);
  const whole = { ...shared, edition: { ...edition, reference } };
  return canonicalJson(whole as unknown as JsonValue);
};
