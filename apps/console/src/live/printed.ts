/** A printed decimal as whole units of its last place, so that printed digits are added exactly. */
export interface Printed {
  readonly units: bigint;
  readonly decimals: number;
}

const DECIMAL = /^([-−+]?)(\d+)(?:\.(\d+))?$/;

export const printedOf = (text: string): Printed => {
  const match = DECIMAL.exec(text);
  if (!match) throw new TypeError(`no decimal: ${text}`);
  const [, sign, whole = '0', rest = ''] = match;
  const size = BigInt(whole + rest);
  return { units: sign === '-' || sign === '−' ? -size : size, decimals: rest.length };
};

/** In units of a place that is at least as small. */
export const unitsAt = ({ units, decimals }: Printed, place: number): bigint =>
  units * 10n ** BigInt(place - decimals);

/** With its sign always told: `+8.10`, `−0.62`, `0.00`. */
export const signed = (units: bigint, place: number): string => {
  const size = units < 0n ? -units : units;
  const digits = size.toString().padStart(place + 1, '0');
  const text = place === 0 ? digits : `${digits.slice(0, -place)}.${digits.slice(-place)}`;
  if (units === 0n) return text;
  return units > 0n ? `+${text}` : `−${text}`;
};

/** Basis points from one printed value to another, cut towards zero; null from zero. */
export const basisPoints = (from: string, to: string): number | null => {
  const [a, b] = [printedOf(from), printedOf(to)];
  const place = Math.max(a.decimals, b.decimals);
  const [before, after] = [unitsAt(a, place), unitsAt(b, place)];
  return before === 0n ? null : Number(((after - before) * 10_000n) / before);
};
