import type { ContractPrivate } from '@jishi/contracts/ledger/events';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import { addWorkingDays } from '@jishi/contracts/working-days';
import type { Regime, RegistrationPoint, RegistrationRules } from './regimes.ts';

/** Throws unless the regimes follow each other without gap or overlap, the last one open. */
export const requireSeamless = (regimes: readonly Regime[]): void => {
  regimes.forEach((regime, i) => {
    const next = regimes[i + 1];
    if ((regime.to ?? null) !== (next?.from ?? null)) {
      throw new Error(`regime ${regime.key}: gap or overlap at ${regime.to}`);
    }
    if (regime.to !== null && regime.to <= regime.from) throw new Error(`${regime.key} is empty`);
  });
};

/** The dates from which one selects the regime; before acceptance, acceptance is today. */
export interface SelectingDates {
  readonly signedOn: LocalDate;
  readonly submittedOn: LocalDate;
  readonly acceptedOn: LocalDate;
}

/** The regime in force on the configured date; earlier than any, the first one applies. */
export const regimeFor = (rules: RegistrationRules, dates: SelectingDates): Regime => {
  const day = dates[rules.regimeDate];
  const found = rules.regimes.findLast((regime) => regime.from <= day) ?? rules.regimes[0];
  if (!found) throw new Error('no regime');
  return found;
};

export const regimeByKey = (rules: RegistrationRules, key: string): Regime => {
  const found = rules.regimes.find((regime) => regime.key === key);
  if (!found) throw new Error(`regime ${key} is not known`);
  return found;
};

type Values = Pick<ContractPrivate, 'contractValueFen' | 'technologyValueFen'>;

/** At or over the threshold (≥), in the amount that the regime names. */
export const needsSecondReview = (regime: Regime, values: Values): boolean => {
  const { amount, fromFen } = regime.secondReview.value;
  const fen = amount === 'contract-value' ? values.contractValueFen : values.technologyValueFen;
  return BigInt(fen) >= fromFen;
};

/** Last day of the review: working days by the holiday calendar, provisional beyond its years. */
export const reviewDueOn = (
  regime: Regime,
  values: Values,
  acceptedOn: LocalDate,
): { readonly day: LocalDate; readonly provisional: boolean } => {
  const large = needsSecondReview(regime, values);
  const { days, unit } = (large ? regime.reviewLimitLarge : regime.reviewLimit).value;
  return unit === 'working-days'
    ? addWorkingDays(acceptedOn, days)
    : { day: addDays(acceptedOn, days), provisional: false };
};

/** The registration point that serves a district; the first one for whoever none serves. */
export const pointFor = (rules: RegistrationRules, district: string): RegistrationPoint => {
  const serves = ({ districts }: RegistrationPoint): boolean =>
    (districts as readonly string[]).includes(district);
  const found = rules.points.find(serves) ?? rules.points[0];
  if (!found) throw new Error('no registration point');
  return found;
};

/** Throws when two points have one code or serve one district. */
export const requirePoints = (points: readonly RegistrationPoint[]): void => {
  const codes = points.map(({ code }) => code);
  const districts = points.flatMap((point) => point.districts);
  if (new Set(codes).size < codes.length) throw new Error('a registration point is there twice');
  if (new Set(districts).size < districts.length) throw new Error('a district has two points');
};

const SERIAL_MAX = 999_999;

/** The 16-digit number from a year, a point and a serial in 1 … 999 999. */
export const registrationNumber = (year: number, point: string, serial: number): string => {
  if (!/^\d{6}$/.test(point) || serial < 1 || serial > SERIAL_MAX || year < 2000 || year > 9999) {
    throw new RangeError(`no registration number for ${year} ${point} ${serial}`);
  }
  return `${year}${point}${String(serial).padStart(6, '0')}`;
};
