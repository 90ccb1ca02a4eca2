/**
 * A table of values with its sums, as a network: every cell is an arc, every sum a node's balance,
 * so that what an attacker can infer is a flow. Interior arcs run from a row to a column, margins
 * from the total to a row and from a column back, the grand total closes the circle.
 */
export type ArcClass = 'interior' | 'margin' | 'grand';

export interface Arc {
  /** `row|column`, with `*` for a sum. */
  readonly code: string;
  readonly kind: ArcClass;
  readonly from: number;
  readonly to: number;
  readonly row: string;
  readonly column: string;
  readonly value: bigint;
}

export interface SuppressionTable {
  readonly nodes: number;
  /** In code order: interior by row and column, margins, the grand total. */
  readonly arcs: readonly Arc[];
}

/** Row or column of a sum. */
export const SUM = '*';
export const codeOf = (row: string, column: string): string => `${row}|${column}`;

/** A list of parts with their total: districts of the city, say. Parts in code order. */
export const listTable = (parts: ReadonlyMap<string, bigint>): SuppressionTable => {
  const codes = [...parts.keys()].sort();
  const interior = codes.map(
    (column): Arc => ({
      ...{ code: codeOf(SUM, column), kind: 'interior', from: 0, to: 1, row: SUM, column },
      value: parts.get(column) ?? 0n,
    }),
  );
  const value = interior.reduce((sum, arc) => sum + arc.value, 0n);
  const total = { code: codeOf(SUM, SUM), from: 1, to: 0, row: SUM, column: SUM, value };
  return { nodes: 2, arcs: [...interior, { ...total, kind: 'grand' }] };
};

/** Two partitions crossed: rows by columns, with both margins and the grand total. */
export const crossTable = (
  rows: readonly string[],
  columns: readonly string[],
  valueAt: (row: string, column: string) => bigint,
): SuppressionTable => {
  const [source, sink] = [0, 1];
  const rowNode = (i: number): number => 2 + i;
  const columnNode = (i: number): number => 2 + rows.length + i;
  const interior = rows.flatMap((row, i) =>
    columns.map((column, j): Arc => {
      const at = { from: rowNode(i), to: columnNode(j), value: valueAt(row, column) };
      return { code: codeOf(row, column), kind: 'interior', row, column, ...at };
    }),
  );
  const sumOf = (isIn: (arc: Arc) => boolean): bigint =>
    interior.filter(isIn).reduce((sum, { value }) => sum + value, 0n);
  const margins = [
    ...rows.map((row, i): Arc => {
      const at = { from: source, to: rowNode(i), value: sumOf((arc) => arc.row === row) };
      return { code: codeOf(row, SUM), kind: 'margin', row, column: SUM, ...at };
    }),
    ...columns.map((column, j): Arc => {
      const at = { from: columnNode(j), to: sink, value: sumOf((arc) => arc.column === column) };
      return { code: codeOf(SUM, column), kind: 'margin', row: SUM, column, ...at };
    }),
  ];
  const grand = { from: sink, to: source, value: sumOf(() => true) };
  return {
    nodes: 2 + rows.length + columns.length,
    arcs: [
      ...interior,
      ...margins,
      { code: codeOf(SUM, SUM), kind: 'grand', row: SUM, column: SUM, ...grand },
    ],
  };
};
