import type { Contributions } from '@jishi/contracts/ledger/index-family';
import { printedOf, unitsAt } from '../../../live/printed.ts';

type Line = Contributions['lines'][number];

const OTHERS = '(others)';

const plain = (units: bigint, place: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(place + 1, '0');
  const text = place === 0 ? digits : `${digits.slice(0, -place)}.${digits.slice(-place)}`;
  return units < 0n ? `-${text}` : text;
};

/**
 * The parts that moved most, and all the others in one line, in printed digits: what is drawn still
 * adds up. A table that is short enough stays as it is.
 */
export const largestParts = (table: Contributions, most: number): Contributions => {
  if (table.lines.length <= most) return table;
  const place = Math.max(...table.lines.map(({ points }) => printedOf(points).decimals));
  const unitsOf = ({ points }: Line): bigint => unitsAt(printedOf(points), place);
  const sizeOf = (line: Line): bigint => (unitsOf(line) < 0n ? -unitsOf(line) : unitsOf(line));
  const isPart = ({ code }: Line): boolean => !code.startsWith('(');
  const sorted = table.lines
    .filter(isPart)
    .sort((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(a) > sizeOf(b) ? -1 : 1));
  const known = table.lines.filter((line) => !isPart(line));
  const beside = known.filter(({ code }) => code !== OTHERS);
  const kept = sorted.slice(0, Math.max(1, most - 1 - beside.length));
  const [sample] = sorted;
  const rest = [...sorted.slice(kept.length), ...known.filter(({ code }) => code === OTHERS)];
  if (!sample || rest.length === 0) return table;
  const sum = rest.reduce((total, line) => total + unitsOf(line), 0n);
  return {
    ...table,
    lines: [...kept, ...beside, { ...sample, code: OTHERS, points: plain(sum, place) }],
  };
};
