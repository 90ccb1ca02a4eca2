/**
 * Linear algebra over a prime field: which sums of unknowns follow from the sums that are known.
 * The coefficients are small whole numbers, so what can be solved among fractions can be solved
 * here. A prime below 2²⁶ keeps every product exact in a double.
 */
export const PRIME = 67_108_859;

/** A sum of unknowns: by column, its coefficient modulo the prime; no zeros. */
export type Vector = ReadonlyMap<number, number>;

/** A known sum in reduced form: 1 at its own column, where every other row has 0. */
export interface SolvedRow {
  readonly pivot: number;
  readonly entries: Vector;
}

/** Which of a vector's columns becomes its own: the one of the greatest weight, then the first. */
export type Weight = (column: number) => number;

/** The row space in reduced echelon form. Never changed in place: what was tried is dropped. */
export type RowSpace = readonly SolvedRow[];

export const residue = (value: number): number => ((value % PRIME) + PRIME) % PRIME;

/**
 * The product of two residues. `%` of doubles is a call of the C library; a quotient that rounding
 * made one too large or too small shows in the rest, which is exact.
 */
export const times = (a: number, b: number): number => {
  const product = a * b;
  const rest = product - Math.floor(product / PRIME) * PRIME;
  return rest < 0 ? rest + PRIME : rest >= PRIME ? rest - PRIME : rest;
};

/** By Fermat: a^(p−2). */
const inverse = (value: number): number => {
  let [result, base, power] = [1, value, PRIME - 2];
  while (power > 0) {
    if (power % 2 === 1) result = times(result, base);
    base = times(base, base);
    power = Math.floor(power / 2);
  }
  return result;
};

const subtract = (target: Map<number, number>, factor: number, row: Vector): void => {
  for (const [column, coefficient] of row) {
    const difference = (target.get(column) ?? 0) - times(factor, coefficient);
    if (difference === 0) target.delete(column);
    else target.set(column, difference < 0 ? difference + PRIME : difference);
  }
};

/** What is left of a vector after the rows of a space: nothing, if it follows from them. */
export const reduced = (space: RowSpace, vector: Vector): Map<number, number> => {
  const left = new Map<number, number>();
  for (const [column, value] of vector) if (residue(value) !== 0) left.set(column, residue(value));
  for (const { pivot, entries } of space) {
    const factor = left.get(pivot);
    if (factor !== undefined) subtract(left, factor, entries);
  }
  return left;
};

interface OwnRow {
  readonly pivot: number;
  readonly entries: Map<number, number>;
}

/** What is left of a vector, scaled to 1 at its heaviest column; null: nothing is. */
const rowOf = (left: Map<number, number>, weight: Weight): OwnRow | null => {
  let [pivot, most] = [-1, 0];
  for (const column of left.keys()) {
    const own = weight(column);
    if (pivot >= 0 && (own < most || (own === most && column > pivot))) continue;
    [pivot, most] = [column, own];
  }
  if (pivot < 0) return null;
  const scale = inverse(left.get(pivot) ?? 1);
  for (const [column, value] of left) left.set(column, times(value, scale));
  return { pivot, entries: left };
};

/** What some sums span: as learned one after another, without a copy of each state between. */
export const spanOf = (vectors: Iterable<Vector>, weight: Weight): RowSpace => {
  const rows: OwnRow[] = [];
  for (const vector of vectors) {
    const added = rowOf(reduced(rows, vector), weight);
    if (!added) continue;
    for (const { entries } of rows) {
      const factor = entries.get(added.pivot);
      if (factor !== undefined) subtract(entries, factor, added.entries);
    }
    rows.push(added);
  }
  return rows;
};

export interface Learned {
  readonly space: RowSpace;
  /** Rows that are new, or say something else than before. */
  readonly changed: readonly SolvedRow[];
}

/**
 * Adds a known sum; null: it follows from the others. The heaviest column becomes its own, so that
 * small differences between large sums stay in sight as rows.
 */
export const learn = (space: RowSpace, vector: Vector, weight: Weight): Learned | null => {
  const added = rowOf(reduced(space, vector), weight);
  if (!added) return null;
  const { pivot, entries } = added;
  const changed: SolvedRow[] = [added];
  const others = space.map((row) => {
    const factor = row.entries.get(pivot);
    if (factor === undefined) return row;
    const rest = new Map(row.entries);
    subtract(rest, factor, entries);
    const moved: SolvedRow = { pivot: row.pivot, entries: rest };
    changed.push(moved);
    return moved;
  });
  return { space: [...others, added], changed };
};

/** Weights that depend on the column alone, to tell whether two rows are parallel. */
export const spread = (column: number, salt: number): number =>
  residue(((column + 1) * salt) ^ (((column + 7) * 40_503) << 3));
const SALTS = [48_271, 69_621, 16_807] as const;

/** Rows with the same key have parallel parts beside their own columns. Null: nothing beside. */
const parallelKey = ({ pivot, entries }: SolvedRow): string | null => {
  const sums = SALTS.map((salt) => {
    let sum = 0;
    for (const [column, value] of entries) {
      if (column !== pivot) sum += times(value, spread(column, salt));
    }
    return sum % PRIME;
  });
  const first = sums[0] ?? 0;
  if (first === 0) return null;
  const scale = inverse(first);
  return sums.map((sum) => times(sum, scale)).join(' ');
};

const keys = new WeakMap<SolvedRow, { readonly key: string | null }>();
const keyOf = (row: SolvedRow): string | null => {
  const known = keys.get(row) ?? { key: parallelKey(row) };
  keys.set(row, known);
  return known.key;
};

const rowsByKey = (space: RowSpace): ReadonlyMap<string, readonly SolvedRow[]> => {
  const byKey = new Map<string, SolvedRow[]>();
  for (const row of space) {
    const key = keyOf(row);
    if (key === null) continue;
    const rows = byKey.get(key);
    if (rows) rows.push(row);
    else byKey.set(key, [row]);
  }
  return byKey;
};

/**
 * The columns of sums that are now known: those of every changed row, and of each pair of rows
 * whose difference leaves two columns alone.
 */
export const solvedColumns = ({ space, changed }: Learned): readonly (readonly number[])[] => {
  const byKey = rowsByKey(space);
  return changed.flatMap((row) => {
    const key = keyOf(row);
    const parallel = key === null ? [] : (byKey.get(key) ?? []);
    const pairs = parallel.filter((other) => other !== row);
    return [[...row.entries.keys()], ...pairs.map((other) => [row.pivot, other.pivot])];
  });
};

/** The two pivots that are left of rows that are parallel beside them. */
const differenceOf = (row: SolvedRow, other: SolvedRow): Vector => {
  const [shared] = [...row.entries].filter(([column]) => column !== row.pivot);
  const [column, value] = shared ?? [row.pivot, 1];
  const factor = times(value, inverse(other.entries.get(column) ?? 1));
  return new Map([
    [row.pivot, 1],
    [other.pivot, residue(-factor)],
  ]);
};

/** Changed rows, and differences of these and other rows, that are light. */
export const lightVectors = (
  { space, changed }: Learned,
  isLight: (vector: Vector) => boolean,
): readonly Vector[] => {
  const byKey = rowsByKey(space);
  return changed.flatMap((row) => {
    const key = keyOf(row);
    const parallel = key === null ? [] : (byKey.get(key) ?? []);
    const pairs = parallel
      .filter((other) => other !== row)
      .map((other) => differenceOf(row, other));
    return [row.entries, ...pairs].filter(isLight);
  });
};
