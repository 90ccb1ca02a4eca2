import type { MethodFile } from './method-file.ts';
import { crowdOf, primaryReason } from './primary-disclosure.ts';
import { suppress } from './suppression.ts';
import { codeOf, crossTable, SUM } from './suppression-table.ts';
import { tallyAt, type YearGrid, type YearTableName } from './year-table.ts';

/** Hidden by the primary rule on the cell itself, or to protect such a cell. */
export type YearHidden = 'primary' | 'secondary';

type Rule = MethodFile['disclosure'];

const primaryOf = ({ tallies }: YearGrid, rule: Rule): Set<string> =>
  new Set(
    [...tallies]
      .filter(([, tally]) => primaryReason(crowdOf(tally, 'raw'), rule) !== null)
      .map(([code]) => code),
  );

const hiddenOf = (grid: YearGrid, rule: Rule, also: ReadonlySet<string>): ReadonlySet<string> =>
  suppress(
    crossTable(grid.rows, grid.columns, (row, column) => tallyAt(grid, row, column).rawFen),
    new Set([...primaryOf(grid, rule), ...also]),
    BigInt(rule.secondaryPercent),
  );

export type YearDisclosure = Readonly<Record<YearTableName, ReadonlyMap<string, YearHidden>>>;

/** Sums of rows and of all stand in both tables with one value each. */
const isShared = ({ rows }: YearGrid, code: string): boolean =>
  code === codeOf(SUM, SUM) || rows.some((row) => code === codeOf(row, SUM));

/**
 * What the public may not see of the value figures of a year's two tables, by code. A sum that one
 * of them hides is hidden in the other too, or it could be read there (B6, B12-20).
 */
export const yearDisclosure = (
  grids: Readonly<Record<YearTableName, YearGrid>>,
  rule: Rule,
): YearDisclosure => {
  const { 'district-field': fields, flows } = grids;
  let shared: ReadonlySet<string> = new Set();
  for (;;) {
    const hidden = [fields, flows].map((grid) => hiddenOf(grid, rule, shared));
    const sums = hidden.flatMap((codes) => [...codes]).filter((code) => isShared(fields, code));
    if (sums.every((code) => shared.has(code))) {
      const told = ([grid, codes]: readonly [YearGrid, ReadonlySet<string> | undefined]) => {
        const primary = primaryOf(grid, rule);
        return new Map(
          [...(codes ?? [])].map((code): [string, YearHidden] => [
            code,
            primary.has(code) ? 'primary' : 'secondary',
          ]),
        );
      };
      return { 'district-field': told([fields, hidden[0]]), flows: told([flows, hidden[1]]) };
    }
    shared = new Set([...shared, ...sums]);
  }
};
