/** What is measured beside one another, each in a process of its own. */
export const CONTESTANTS = [
  'fold',
  'rebuildFile',
  'rebuildLog',
  'nodeBare',
  'replay',
  'sqlGroupBy',
  'duckdb',
] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

/** The market as a file and as a database. */
export interface Ground {
  readonly file: string;
  readonly url: string;
  readonly events: number;
}

/** One way to go over all events of the market once; it may leave something to be compared. */
export interface Contestant {
  readonly run: () => Promise<string>;
}
