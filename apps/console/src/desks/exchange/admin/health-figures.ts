import type { Health } from '@jishi/contracts/health';

/** The figures of a service's health, put together by what they tell of. */

type Figures = Health['figures'];
type Figure = Figures[string];

/** One reader of the log. */
export interface Follower {
  readonly name: string;
  readonly cursor: number | null;
  readonly lag: number | null;
  readonly oldestWaitingMs: number | null;
  readonly standing: 'follows' | 'behind' | 'retries' | 'stopped' | 'broken';
  /** A key of CONSUMER_STOPS, once it is broken. */
  readonly reason: string | null;
  readonly retries: number | null;
  readonly retriesMax: number | null;
}

/** The signing of heads. */
export interface Signing {
  readonly standing: 'signs' | 'stopped' | 'off';
  readonly signedHead: number | null;
  /** Events that no signed head covers yet. */
  readonly lag: number | null;
}

export interface SortedFigures {
  readonly followers: readonly Follower[];
  readonly signing: Signing | null;
  readonly rest: readonly (readonly [string, Figure])[];
}

const numberOf = (value: Figure | undefined): number | null =>
  typeof value === 'number' ? value : null;
const textOf = (value: Figure | undefined): string | null =>
  typeof value === 'string' ? value : null;

const standingOf = (
  status: string | null,
  lastError: string | null,
  lag: number | null,
): Follower['standing'] => {
  if (status === 'broken' || status === 'stopped') return status;
  if (lastError !== null) return 'retries';
  return lag !== null && lag > 0 ? 'behind' : 'follows';
};

const FOLLOWER_PARTS = [
  ...['cursor', 'lag', 'oldestWaitingMs', 'status', 'reason', 'lastError', 'retries', 'retriesMax'],
];

const followerOf = (name: string, figures: Figures): Follower => {
  const part = (key: string): Figure | undefined => figures[`${name}.${key}`];
  const lag = numberOf(part('lag'));
  return {
    ...{ name, lag, cursor: numberOf(part('cursor')) },
    oldestWaitingMs: numberOf(part('oldestWaitingMs')),
    standing: standingOf(textOf(part('status')), textOf(part('lastError')), lag),
    reason: textOf(part('reason')),
    ...{ retries: numberOf(part('retries')), retriesMax: numberOf(part('retriesMax')) },
  };
};

/** A service that follows the log of another tells of its one reader without a name. */
const UNNAMED = ['ledgerCursor', 'ledgerLag', 'follower'];
const unnamedFollower = (figures: Figures): Follower[] => {
  if (!('ledgerCursor' in figures)) return [];
  const lag = numberOf(figures.ledgerLag);
  return [
    {
      ...{ name: 'ledger', lag, cursor: numberOf(figures.ledgerCursor), oldestWaitingMs: null },
      standing: standingOf(textOf(figures.follower), null, lag),
      ...{ reason: null, retries: null, retriesMax: null },
    },
  ];
};

const SIGNING = ['headSigning', 'signedHead', 'signedHeadLag'];
const signingOf = (figures: Figures): Signing | null => {
  const status = textOf(figures.headSigning);
  if (status === null) return null;
  return {
    standing: status === 'running' ? 'signs' : status === 'off' ? 'off' : 'stopped',
    ...{ signedHead: numberOf(figures.signedHead), lag: numberOf(figures.signedHeadLag) },
  };
};

export const sortFigures = (figures: Figures): SortedFigures => {
  const keys = Object.keys(figures);
  const names = keys.flatMap((key) => (key.endsWith('.cursor') ? [key.slice(0, -7)] : []));
  const told = new Set([
    ...names.flatMap((name) => FOLLOWER_PARTS.map((part) => `${name}.${part}`)),
    ...(UNNAMED.some((key) => keys.includes(key)) ? UNNAMED : []),
    ...SIGNING,
  ]);
  return {
    followers: [...names.map((name) => followerOf(name, figures)), ...unnamedFollower(figures)],
    signing: signingOf(figures),
    rest: Object.entries(figures).filter(([key]) => !told.has(key)),
  };
};
