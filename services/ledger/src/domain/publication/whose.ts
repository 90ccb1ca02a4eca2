/** Whose unknowns are: what makes a sum small. */
export interface Whose {
  readonly contractOf: (unknown: number) => string;
  /** Null: its value is public, so that it covers no other. */
  readonly sellerOf: (unknown: number) => string | null;
}

/** Each unknown is a contract and a seller of its own. */
export const EACH_ITS_OWN: Whose = { contractOf: String, sellerOf: String };

/** Where sums of few are looked for. */
export interface Few {
  /** Sums of up to so many sellers are looked for by several forms of the rows. */
  readonly most: number;
  /** Sums of fewer sellers than this, by all combinations of few columns. */
  readonly below: number;
  readonly whose: Whose;
}

/** Distinct names of unknowns, up to one more than asked: then it is enough to know. */
const distinct = (
  unknowns: readonly number[],
  nameOf: (unknown: number) => string | null,
  most: number,
): readonly string[] => {
  const names = new Set<string>();
  for (const unknown of unknowns) {
    const name = nameOf(unknown);
    if (name !== null) names.add(name);
    if (names.size > most) break;
  }
  return [...names];
};

/** By column: whose it is, counted once. */
export interface ColumnsOf {
  readonly sellersOf: (column: number) => readonly string[];
  readonly contractsOf: (column: number) => readonly string[];
}

type Kept = WeakMap<readonly number[], readonly string[]>;
const sellers = new WeakMap<Few, Kept>();
const contracts = new WeakMap<Few, Kept>();

const keptBy = (all: WeakMap<Few, Kept>, few: Few): Kept => {
  const known = all.get(few) ?? new WeakMap();
  all.set(few, known);
  return known;
};

export const columnsOf = (members: readonly (readonly number[])[], few: Few): ColumnsOf => {
  const { whose, most, below } = few;
  const look =
    (kept: Kept, nameOf: (unknown: number) => string | null, limit: number) =>
    (column: number): readonly string[] => {
      const unknowns = members[column] ?? [];
      const names = kept.get(unknowns) ?? distinct(unknowns, nameOf, limit);
      kept.set(unknowns, names);
      return names;
    };
  return {
    sellersOf: look(keptBy(sellers, few), whose.sellerOf, most),
    contractsOf: look(keptBy(contracts, few), whose.contractOf, below),
  };
};
