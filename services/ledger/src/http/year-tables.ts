import { readYearTable, type YearTable } from '@jishi/contracts/ledger/index-endpoints';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { businessDay, type Clock, systemClock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { Family } from '../domain/index/family/family-state.ts';
import { codeOf, SUM } from '../domain/index/family/suppression-table.ts';
import { type YearDisclosure, yearDisclosure } from '../domain/index/family/year-disclosure.ts';
import {
  isYearOver,
  referenceYear,
  tallyAt,
  type YearTableName,
  yearGrids,
  yearIndex,
} from '../domain/index/family/year-table.ts';
import type { FamilySource } from './family-source.ts';
import { viewOf } from './index-view.ts';
import { KEPT_FOR_A_DAY, keptAnswer } from './kept-answer.ts';

export interface YearTablesDeps {
  readonly family: FamilySource;
  readonly clock?: Clock;
}

const notPublished = (year: number): Refusal => {
  const [zh, en] = [`${year} 年的年度表尚未发布`, `The tables of ${year} are not published yet`];
  return refuseField('not-found', 'year', 'not-published', zh, en);
};

/** The head as of which a year is public: the link head of the year after it, once for good. */
const publicHead = ({ references }: Family, year: number): number | null => {
  const next = references.get(year + 1);
  return next ? Number(next.file.linkHead) : null;
};

/** What is hidden of the reference year, in its own public table; null: it has none yet. */
const hiddenInBase = async (
  source: FamilySource,
  family: Family,
  year: number,
): Promise<YearDisclosure[YearTableName]> => {
  const base = referenceYear(family, year);
  const head = base === null ? null : publicHead(family, base);
  const then = base === year || head === null ? family : await source.familyAt(head);
  const rule = family.method.file.disclosure;
  return yearDisclosure(yearGrids(then, base ?? year), rule)['district-field'];
};

type Cell = YearTable['cells'][number];

const cellsOf = (
  family: Family,
  [table, year]: readonly [YearTableName, number],
  base: YearDisclosure[YearTableName],
  isExact: boolean,
): Pick<YearTable, 'rows' | 'columns' | 'cells'> => {
  const grids = yearGrids(family, year);
  const grid = grids[table];
  const disclosure = yearDisclosure(grids, family.method.file.disclosure)[table];
  const cellOf = (row: string, column: string): Cell => {
    const { contracts, units, rawFen } = tallyAt(grid, row, column);
    const code = codeOf(row, column);
    const hidden = disclosure.get(code) ?? null;
    const isIndexed = table === 'district-field' && row !== SUM && column !== SUM && units > 0;
    const index = isIndexed ? yearIndex(family, year, row, column) : null;
    const valueHidden = index === null ? null : (hidden ?? (base.has(code) ? 'base' : null));
    const isTold = isExact;
    return {
      ...{ row, column, contracts, units },
      // Beside the published months and the gauge a sum would tell what it leaves out.
      technologyValueFen: isExact ? `${rawFen}` : null,
      value: isTold ? (index?.value ?? null) : null,
      reason: isTold ? (index?.reason ?? null) : null,
      flags: isTold ? [...(index?.flags ?? [])] : [],
      ...{ hidden, valueHidden },
    };
  };
  const { rows, columns } = grid;
  const cells = [...rows, SUM].flatMap((row) =>
    [...columns, SUM].map((column) => cellOf(row, column)),
  );
  return { rows: [...rows], columns: [...columns], cells };
};

type Asked = readonly [table: YearTableName, year: number];

const answerOf = async (
  source: FamilySource,
  family: Family,
  [table, year]: Asked,
  isExact: boolean,
): Promise<YearTable> => {
  const base = await hiddenInBase(source, family, year);
  // From here on without a wait: the family of the head moves in place.
  const { seq, recordedAt } = family.market;
  return {
    ...{ table, year, exact: isExact, closed: isYearOver(family, year) },
    head: { seq, recordedAt },
    ...cellsOf(family, [table, year], base, isExact),
  };
};

/** A public table never changes, so that it is put together once. */
const createPublicTables = (source: FamilySource) => {
  const known = new Map<string, Promise<YearTable>>();
  return (head: number, asked: Asked): Promise<YearTable> => {
    const key = `${head} ${asked.join(' ')}`;
    const table =
      known.get(key) ??
      source.familyAt(head).then((family) => answerOf(source, family, asked, false));
    known.set(key, table);
    // What failed is tried again at the next question.
    table.catch(() => known.delete(key));
    return table;
  };
};

/** The year that the public sees when it names none: the latest that is published. */
const latestPublicYear = ({ references }: Family): number | null => {
  const years = [...references.keys()];
  return years.length === 0 ? null : Math.max(...years) - 1;
};

/** GET /index/tables/{table}. */
export const serveYearTables = (service: Service, deps: YearTablesDeps): void => {
  const { family: source } = deps;
  const clock = deps.clock ?? systemClock;
  const publicTable = createPublicTables(source);

  service.serveRaw(readYearTable, async (asked) => {
    const { asOf, atLeast } = asked.query;
    const { table } = asked.params;
    const thisYear = Number(businessDay(clock()).slice(0, 4));
    await source.waitFor(atLeast);
    if (viewOf(asked.principal) === 'exact') {
      const family = asOf === undefined ? source.latest() : await source.familyAt(asOf);
      const year = asked.query.year ?? thisYear;
      const answer = await answerOf(source, family, [table, year], true);
      return keptAnswer(readYearTable, asked, answer, null);
    }
    if (asOf !== undefined) throw new Refusal('as-of-not-public');
    const year = asked.query.year ?? latestPublicYear(source.latest()) ?? thisYear;
    const head = publicHead(source.latest(), year);
    if (head === null) throw notPublished(year);
    const answer = await publicTable(head, [table, year]);
    return keptAnswer(readYearTable, asked, answer, KEPT_FOR_A_DAY);
  });
};
