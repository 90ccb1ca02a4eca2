import type {
  PublishedContent,
  PublishedReference,
  PublishedValue,
} from '@jishi/contracts/ledger/published-content';

/**
 * The formula of the index, written once more in doubles: enough to tell whether a printed value is
 * right to its two decimals, and independent of the ledger's code. The strings themselves, sub and
 * state indices and the rest are computed by `pnpm -s recompute --published`.
 */
type Numbers = Readonly<Record<string, number>>;

const numberOf = (text: unknown): number => {
  const [top = '', bottom = '1'] = String(text).split('/');
  return Number(top) / Number(bottom);
};

const numbersAt = (from: unknown, name: string): Numbers => {
  const inner = typeof from === 'object' && from !== null ? Reflect.get(from, name) : null;
  const pairs = Object.entries(typeof inner === 'object' && inner !== null ? inner : {});
  return Object.fromEntries(pairs.map(([key, text]) => [key, numberOf(text)]));
};

const editionOf = ({ parameters, method }: PublishedContent): unknown => {
  const { editions } = parameters;
  const all: readonly unknown[] = Array.isArray(editions) ? editions : [];
  const isAsked = (one: unknown): boolean =>
    typeof one === 'object' &&
    one !== null &&
    Reflect.get(one, 'linkYear') === `${method.linkYear}`;
  return all.find(isAsked) ?? null;
};

/** ln of a component against its mean in the reference; 0 where it is held. */
type Ratios = Readonly<Record<'S' | 'A' | 'B' | 'C' | 'P', number>>;

const UNIT_LOG = 1e15;

const ratiosOf = (
  primitives: NonNullable<PublishedValue['primitives']>,
  reference: PublishedReference,
  edition: unknown,
  listingMonthDays: number,
  isCity: boolean,
): Ratios => {
  const shrink = numbersAt(Reflect.get(Object(edition), 'shrink'), isCity ? 'city' : 'cell');
  const [breadth, conversion] = [numbersAt(edition, 'breadth'), numbersAt(edition, 'conversion')];
  const { kx = 0, kh = 0, kT = 0 } = shrink;
  const { units, crossRegion, conversions: q } = primitives;
  const scale = Number(primitives.cappedFen);
  const share = (crossRegion + kx * numberOf(reference.crossShare ?? '0')) / (units + kx);
  const isCrossHeld = reference.crossHeld || share === 0;
  const lnMeanCross =
    share === 0 && !reference.crossHeld ? numberOf(reference.lnMeanCross ?? 0) : 0;
  const lnEffective = 2 * Math.log(scale) - Math.log(Number(primitives.squares));
  const months = primitives.listingDays / listingMonthDays;
  const hazard = (q + kh * numberOf(reference.hazard ?? '0')) / (months + kh);
  const { days } = reference;
  const lnDays = days ? Number(days.logSum) / UNIT_LOG / Number(days.count) : 0;
  const lnTime =
    q === 0 || !days ? 0 : (Number(primitives.daysLogSum) / UNIT_LOG - q * lnDays) / (q + kT);
  const ln = {
    S: Math.log(scale),
    A: Math.log(units),
    B:
      (breadth.P ?? 0) * Math.log(numberOf(primitives.participants)) +
      (isCrossHeld ? 0 : (breadth.X ?? 0) * Math.log(share)) +
      (breadth.E ?? 0) * lnEffective,
    C: hazard > 0 ? (conversion.h ?? 0) * Math.log(hazard) - (conversion.T ?? 0) * lnTime : null,
    P: numberOf(primitives.lnPrice),
  };
  const ratio = (j: keyof Ratios): number => {
    const own = ln[j];
    if (reference.held.includes(j) || own === null) return 0;
    return own - numberOf(reference.lnMeans[j]) + (j === 'B' ? lnMeanCross : 0);
  };
  return { S: ratio('S'), A: ratio('A'), B: ratio('B'), C: ratio('C'), P: ratio('P') };
};

/** Half a hundredth, and what doubles may be out by. */
const TOLERANCE = 0.005 + 1e-6;

/** Whether a printed value is the index that its whole numbers give, to its two decimals. */
export const isValueRight = (content: PublishedContent, published: PublishedValue): boolean => {
  const { primitives, value, series } = published;
  const reference = content.reference[series];
  const edition = editionOf(content);
  if (!primitives || value === null || !reference || !edition) return false;
  const listingMonthDays = numberOf(content.parameters.daysPerListingMonth);
  const isCity = series === 'city' || series === 'city@12';
  const ratios = ratiosOf(primitives, reference, edition, listingMonthDays, isCity);
  const weights = numbersAt(edition, 'weights');
  const lnComposite = (['S', 'A', 'B', 'C', 'P'] as const)
    .map((j) => (weights[j] ?? 0) * ratios[j])
    .reduce((sum, term) => sum + term, 0);
  const index = Math.exp(numberOf(reference.lnLevel) + lnComposite);
  return Math.abs(index - Number(value)) <= TOLERANCE;
};
