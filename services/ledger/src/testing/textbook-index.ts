import { Decimal } from 'decimal.js';
import {
  D,
  groupBy,
  mean,
  sum,
  type TextbookListing,
  type TextbookMarket,
  type TextbookUnit,
  textbookUnits,
} from './textbook-units.ts';

/**
 * The index in its textbook form: real numbers of sixty digits over lists, no accumulators, not a
 * line shared with the fold. Tests compare the fold with it.
 */
export interface TextbookRule {
  readonly baseMonths: readonly string[];
  readonly weights: Readonly<Record<'S' | 'A' | 'B' | 'C' | 'P', number>>;
  readonly shrink: { kx: number; kh: number; kT: number; kP: number };
  readonly capStepFen: number;
  readonly percentile: number;
  readonly minEvidence: number;
}

const capOf = (units: readonly TextbookUnit[], rule: TextbookRule): Decimal => {
  const values = units
    .filter(({ month }) => rule.baseMonths.includes(month))
    .map(({ value }) => value)
    .sort((a, b) => a.comparedTo(b));
  const rank = Math.max(1, D(rule.percentile).times(values.length).ceil().toNumber());
  const steps = D(values[rank - 1] ?? 0)
    .div(rule.capStepFen)
    .toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
  return Decimal.max(1, steps).times(rule.capStepFen);
};

interface Figures {
  readonly N: number;
  readonly S: Decimal;
  readonly P: Decimal;
  readonly F: number;
  readonly E: Decimal;
  readonly m: Decimal;
  readonly days: readonly number[];
  readonly strata: ReadonlyMap<string, readonly Decimal[]>;
}

const isOfListing = (listing: TextbookListing, cell: string): boolean =>
  [
    'city',
    `district:${listing.district}`,
    `industry:${listing.industryCode}`,
    `field:${listing.fieldCode}`,
  ].includes(cell);

/** Day by day: the simplest way to count in how many months a listing stood open. */
const exposure = (market: TextbookMarket, cell: string, months: readonly string[]): Decimal => {
  let days = 0;
  for (const listing of market.listings.filter((one) => isOfListing(one, cell))) {
    for (const month of months) {
      for (
        let d = 1;
        d <= new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate();
        d += 1
      ) {
        const day = `${month}-${String(d).padStart(2, '0')}`;
        if (day >= listing.openedOn && (listing.endsOn === null || day < listing.endsOn)) days += 1;
      }
    }
  }
  return D(days).div(30);
};

export const textbookFigures = (
  market: TextbookMarket,
  cell: string,
  months: readonly string[],
  cap: Decimal,
): Figures => {
  const all = textbookUnits(market).filter(({ month }) => months.includes(month));
  const own = all.filter(({ cells }) => cells.includes(cell));
  const worth = (unit: TextbookUnit): Decimal => Decimal.min(unit.value, cap);
  const S = sum(own.map(worth));
  const sides = (units: readonly TextbookUnit[], party: string): number =>
    units.filter(({ seller, buyer }) => seller === party || buyer === party).length;
  const parties = new Set(own.flatMap(({ seller, buyer }) => [seller, buyer]));
  const shares = [...groupBy(own, ({ seller }) => seller).values()].map((sold) =>
    sum(sold.map(worth)).div(S.isZero() ? 1 : S),
  );
  const priced = own.filter((unit) => !worth(unit).isZero());
  return {
    N: own.length,
    S,
    P: sum([...parties].map((party) => D(sides(own, party)).div(sides(all, party)))),
    F: own.filter(({ cross }) => cross).length,
    E: S.isZero() ? D(0) : D(1).div(sum(shares.map((share) => share.times(share)))),
    m: exposure(market, cell, months),
    days: own.flatMap(({ days }) => (days === null ? [] : [days])),
    strata: new Map(
      [...groupBy(priced, ({ stratum }) => stratum)].map(([k, us]) => [k, us.map(worth)]),
    ),
  };
};

interface Priors {
  readonly x0: Decimal;
  readonly h0: Decimal | null;
  readonly lnT0: Decimal | null;
  readonly strata: ReadonlyMap<string, { readonly lnG: Decimal; readonly share: Decimal }>;
}

const priorsOf = (own: Figures, city: Figures): Priors => {
  const hazard = (f: Figures) =>
    f.days.length === 0 || f.m.isZero() ? null : D(f.days.length).div(f.m);
  const time = (f: Figures) => (f.days.length === 0 ? null : mean(f.days.map((d) => D(d).ln())));
  const of = own.strata.size > 0 ? own : city;
  return {
    x0: own.N > 0 ? D(own.F).div(own.N) : D(city.F).div(city.N),
    h0: hazard(own) ?? hazard(city),
    lnT0: time(own) ?? time(city),
    strata: new Map(
      [...of.strata].map(([k, vs]) => [
        k,
        { lnG: mean(vs.map((v) => v.ln())), share: sum(vs).div(of.S) },
      ]),
    ),
  };
};

/** The five levels; null without trade. B is told with and without its X term. */
const levels = (f: Figures, p: Priors, { kx, kh, kT, kP }: TextbookRule['shrink']) => {
  const X = D(kx).times(p.x0).plus(f.F).div(D(kx).plus(f.N));
  const h = p.h0 && D(kh).times(p.h0).plus(f.days.length).div(f.m.plus(kh));
  const lnT = p.lnT0
    ? sum(
        f.days.map((d) =>
          D(d)
            .ln()
            .minus(p.lnT0 ?? 0),
        ),
      ).div(D(f.days.length).plus(kT))
    : D(0);
  const lnP = sum(
    [...p.strata].map(([k, { lnG, share }]) => {
      const values = f.strata.get(k) ?? [];
      if (values.length === 0) return D(0);
      return share.times(sum(values.map((v) => v.ln().minus(lnG)))).div(values.length + kP);
    }),
  );
  const isEmpty = f.N === 0 || f.S.isZero();
  const zero = D(0);
  const plainB = isEmpty ? zero : f.P.sqrt().times(f.E.pow(0.25));
  return {
    ...{ isEmpty, X, plainB },
    S: isEmpty ? zero : f.S,
    A: isEmpty ? zero : D(f.N),
    C: h ? h.pow(D(2).div(3)).times(lnT.div(-3).exp()) : D(1),
    P: lnP.exp(),
  };
};

/**
 * I(t) = 1000 · Π (c_j(t)/c_j(0))^w_j of a cell over windows of a length, in a market whose
 * reference is the base alone; null: not defined.
 */
export const textbookIndex = (
  market: TextbookMarket,
  rule: TextbookRule,
  cell: string,
  windowOf: (end: string) => readonly string[],
  referenceEnds: readonly string[],
  period: string,
): Decimal | null => {
  const cap = capOf(textbookUnits(market), rule);
  const at = (months: readonly string[], code: string) =>
    textbookFigures(market, code, months, cap);
  const pooled = at(rule.baseMonths, cell);
  if (pooled.N < Math.max(1, rule.minEvidence) || pooled.S.isZero()) return null;
  const priors = priorsOf(pooled, at(rule.baseMonths, 'city'));
  const levelOf = (end: string) => levels(at(windowOf(end), cell), priors, rule.shrink);
  const base = referenceEnds.map(levelOf);
  const now = levelOf(period);
  if (now.isEmpty) return null;
  const isArithmetic = base.some(({ isEmpty }) => isEmpty);
  const isCrossHeld = base.some(({ isEmpty, X }) => !isEmpty && X.isZero());
  const breadth = (one: ReturnType<typeof levels>): Decimal =>
    one.isEmpty || isCrossHeld ? one.plainB : one.plainB.times(one.X.pow(0.25));
  const ratio = (of: (one: ReturnType<typeof levels>) => Decimal): Decimal => {
    const values = base.map(of);
    const reference = isArithmetic ? mean(values) : mean(values.map((v) => v.ln())).exp();
    return of(now).div(reference);
  };
  const isConversionHeld = pooled.days.length < rule.minEvidence || priors.h0 === null;
  return D(1000)
    .times(ratio(({ S }) => S).pow(rule.weights.S))
    .times(ratio(({ A }) => A).pow(rule.weights.A))
    .times(ratio(breadth).pow(rule.weights.B))
    .times(isConversionHeld ? 1 : ratio(({ C }) => C).pow(rule.weights.C))
    .times(ratio(({ P }) => P).pow(rule.weights.P));
};
