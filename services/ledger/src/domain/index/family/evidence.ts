import type { MethodFile } from './method-file.ts';
import type { Tally } from './tally.ts';

/** A ≥ 20 units and ≥ 10 distinct parties; B otherwise ≥ 5 units; C 3 to 4; S fewer or hidden. */
export type Grade = 'A' | 'B' | 'C' | 'S';

/** Evidence grade 证据等级 of a value, in the value's own window (B6, B12-22). */
export const gradeOf = (
  { units, parties }: Pick<Tally, 'units' | 'parties'>,
  grades: MethodFile['grades'],
  isHidden: boolean,
): Grade => {
  if (isHidden || units < Number(grades.C.units)) return 'S';
  const isBroad = parties.size >= Number(grades.A.parties);
  if (units >= Number(grades.A.units) && isBroad) return 'A';
  return units >= Number(grades.B.units) ? 'B' : 'C';
};
