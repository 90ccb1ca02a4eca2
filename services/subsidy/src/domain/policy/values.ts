import { FEN_PER_WAN, type Fen } from '@jishi/contracts/money';
import type { UsedParameter } from '@jishi/contracts/subsidy/decision';
import type { LocalDate } from '@jishi/contracts/time';
import type { DatedValue, Policy } from './load.ts';
import type { ParameterKey } from './parameters.ts';

const FEN_PER_YUAN = FEN_PER_WAN / 10_000n;

/** Is the scheme in force on a day: `from <= day < until`. */
export const isInForce = (policy: Policy, day: LocalDate): boolean =>
  policy.from <= day && (policy.until === null || day < policy.until);

const datedOn = (policy: Policy, key: ParameterKey, day: LocalDate): DatedValue => {
  const found = policy.parameters[key].values.find(
    (value) => value.from <= day && (value.until === undefined || day < value.until),
  );
  if (!found) throw new RangeError(`${key} has no value on ${day}: the scheme is not in force`);
  return found;
};

/** The values of one day, by kind. Asking on a day outside the scheme's life is a fault. */
export interface Values {
  readonly day: LocalDate;
  readonly number: (key: ParameterKey) => number;
  /** An amount given in whole yuan, in fen. */
  readonly fen: (key: ParameterKey) => Fen;
  readonly word: (key: ParameterKey) => string;
  readonly words: (key: ParameterKey) => readonly string[];
  readonly used: (key: ParameterKey) => UsedParameter;
}

export const valuesOn = (policy: Policy, day: LocalDate): Values => {
  const value = (key: ParameterKey) => datedOn(policy, key, day).value;
  return {
    day,
    number: (key) => Number(value(key)),
    fen: (key) => BigInt(Number(value(key))) * FEN_PER_YUAN,
    word: (key) => String(value(key)),
    words: (key) => {
      const list = value(key);
      return Array.isArray(list) ? list : [];
    },
    used: (key) => {
      const dated = datedOn(policy, key, day);
      return {
        key,
        value: dated.value,
        unit: policy.parameters[key].unit,
        from: dated.from,
        source: dated.source,
        status: dated.status,
      };
    },
  };
};

/** Every day on which the scheme begins, ends or one of its values changes, in order. */
export const changeDays = (policy: Policy): readonly LocalDate[] => {
  const days = Object.values(policy.parameters).flatMap((parameter) =>
    parameter.values.map((value) => value.from),
  );
  const later = days.filter((day) => day > policy.from);
  return [...new Set([policy.from, ...later, ...(policy.until ? [policy.until] : [])])].sort();
};

/**
 * First day of the span around a day in which no value changes; null before the scheme begins.
 * Receipts of one case lie in one span, so that one set of values applies to all of them.
 */
export const spanStart = (policy: Policy, day: LocalDate): LocalDate | null =>
  changeDays(policy).findLast((change) => change <= day) ?? null;
