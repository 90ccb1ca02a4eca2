/** A sum that is known: how often each unknown stands in it. A name begins with the contract. */
export type Equation = ReadonlyMap<string, bigint>;

/** What follows among fractions follows modulo a prime as large as this, and the other way. */
const PRIME = 2n ** 61n - 1n;
const residue = (value: bigint): bigint => ((value % PRIME) + PRIME) % PRIME;

const inverse = (value: bigint): bigint => {
  let [result, base, power] = [1n, residue(value), PRIME - 2n];
  for (; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
};

type Line = readonly bigint[];
const scaled = (line: Line, by: bigint): Line => line.map((one) => (one * by) % PRIME);
const without = (line: Line, at: number, lead: Line): Line => {
  const factor = line[at] ?? 0n;
  return factor === 0n ? line : line.map((one, i) => residue(one - factor * (lead[i] ?? 0n)));
};
const firstOf = (line: Line): number => line.findIndex((one) => one !== 0n);

/** Reduced echelon form: by the place that each line begins at. */
const solve = (lines: readonly Line[]): ReadonlyMap<number, Line> => {
  const solved = new Map<number, Line>();
  for (const given of lines) {
    let line = given;
    for (const [at, known] of solved) line = without(line, at, known);
    const at = firstOf(line);
    if (at < 0) continue;
    const lead = scaled(line, inverse(line[at] ?? 1n));
    for (const [other, known] of solved) solved.set(other, without(known, at, lead));
    solved.set(at, lead);
  }
  return solved;
};

/** Unknowns that stand in the same equations equally often: nobody can tell them apart. */
interface Column {
  readonly contracts: ReadonlySet<string>;
  readonly line: Line;
}

const columnsOf = (equations: readonly Equation[]): readonly Column[] => {
  const names = new Set(equations.flatMap((equation) => [...equation.keys()]));
  const columns = new Map<string, { contracts: Set<string>; line: Line }>();
  for (const name of names) {
    const line = equations.map((equation) => residue(equation.get(name) ?? 0n));
    const column = columns.get(line.join()) ?? { contracts: new Set<string>(), line };
    column.contracts.add(name.split(' ')[0] ?? '');
    columns.set(line.join(), column);
  }
  return [...columns.values()];
};

/** Whether a combination can be worked out from the equations. */
export const follows = (equations: readonly Equation[], combination: Equation): boolean => {
  const names = [...new Set([...equations, combination].flatMap((one) => [...one.keys()]))];
  const lineOf = (equation: Equation): Line =>
    names.map((name) => residue(equation.get(name) ?? 0n));
  const lines = equations.map(lineOf);
  return solve([...lines, lineOf(combination)]).size === solve(lines).size;
};

/**
 * What the equations leave open, told column by column: a combination of columns is known just
 * where what is open of them is dependent.
 */
const openOf = (columns: readonly Column[], equations: number): readonly Line[] => {
  const rows = Array.from({ length: equations }, (_, i) =>
    columns.map(({ line }) => line[i] ?? 0n),
  );
  const solved = solve(rows);
  const free = columns.map((_, i) => i).filter((i) => !solved.has(i));
  return columns.map((_, i) => {
    const row = solved.get(i);
    return free.map((at) => (row ? residue(-(row[at] ?? 0n)) : at === i ? 1n : 0n));
  });
};

/** What is open of each column beside that of some others. */
const beside = (open: readonly Line[], others: readonly number[]): readonly Line[] => {
  let left = open;
  for (const other of others) {
    const line = left[other] ?? [];
    const at = firstOf(line);
    if (at < 0) continue;
    const lead = scaled(line, inverse(line[at] ?? 1n));
    left = left.map((one) => without(one, at, lead));
  }
  return left;
};

const keyOf = (line: Line): string => {
  const at = firstOf(line);
  return at < 0 ? 'nothing' : scaled(line, inverse(line[at] ?? 1n)).join();
};

/** None, each one, and each two. */
const upToTwo = (contracts: readonly string[]): readonly (readonly string[])[] => [
  [],
  ...contracts.map((one) => [one]),
  ...contracts.flatMap((one, i) => contracts.slice(i + 1).map((other) => [one, other])),
];

/**
 * Contracts, fewer than asked, of whose values some combination can be worked out. Any two
 * contracts are given away in turn, with all their versions; then columns are looked for of which
 * nothing is left open, and pairs of which the same is. Of four contracts nothing is missed.
 */
export const knownCombinations = (
  equations: readonly Equation[],
  fewerThan: number,
): readonly string[] => {
  const columns = columnsOf(equations);
  const open = openOf(columns, equations.length);
  const isSmall = ({ contracts }: Column): boolean => contracts.size < fewerThan;
  const contracts = [...new Set(columns.filter(isSmall).flatMap((one) => [...one.contracts]))];
  const found = new Set<string>();
  for (const given of upToTwo(contracts)) {
    const isGiven = (column: Column): boolean =>
      [...column.contracts].every((one) => given.includes(one));
    const away = columns.flatMap((column, i) => (isGiven(column) ? [i] : []));
    const places = new Map<string, number[]>();
    for (const [i, line] of beside(open, away).entries()) {
      if (!away.includes(i)) places.set(keyOf(line), [...(places.get(keyOf(line)) ?? []), i]);
    }
    const say = (members: readonly number[]): void => {
      const own = members.flatMap((i) => [...(columns[i]?.contracts ?? [])]);
      const all = new Set([...given, ...own]);
      if (all.size < fewerThan) found.add([...all].sort().join(' & '));
    };
    for (const [key, members] of places) {
      if (key === 'nothing') for (const one of members) say([one]);
      else
        for (const [n, one] of members.entries())
          for (const two of members.slice(n + 1)) say([one, two]);
    }
  }
  return [...found];
};
