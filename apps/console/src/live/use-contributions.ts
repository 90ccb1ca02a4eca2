import type { Contributions } from '@jishi/contracts/ledger/index-family';
import { useCallback, useEffect, useReducer, useState } from 'react';
import { ledgerBearer } from '../session/session.ts';
import type { Between } from './contribution-months.ts';
import { ask, troubleOfError } from './keep-connected.ts';
import type { WaterfallTable } from './waterfall.tsx';

export interface ContributionsState {
  readonly table: Contributions | null;
  /** What shows the table: its code comes with the figures, after the page's first text. */
  readonly Waterfall: typeof WaterfallTable | null;
  /** `none`: the ledger says that there is nothing to explain; `failed`: it could not be read. */
  readonly missing: 'none' | 'failed' | null;
}

/** While the running month moves, its explanation is read again at most this often. */
const REFRESH_MS = 2_000;

const NOTHING: ContributionsState = { table: null, Waterfall: null, missing: null };

/** A value that follows another one, but not more often than every `ms`. */
const useCalm = <T>(value: T, ms: number): T => {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setCalm(value), ms);
    return () => window.clearTimeout(timer);
  }, [value, ms]);
  return calm;
};

const isTable = (value: unknown): value is Contributions =>
  typeof value === 'object' && value !== null && 'lines' in value && 'sum' in value;

/**
 * Reads who moved the index between two months; `version` is whatever makes it worth reading
 * again. The last answer stays in sight while the next one is read.
 */
export const useContributions = (
  between: Between | null,
  by: string,
  exact: boolean,
  version: string,
): ContributionsState & { readonly retry: () => void } => {
  const [state, setState] = useState<ContributionsState>(NOTHING);
  const [round, again] = useReducer((n: number) => n + 1, 0);
  const calm = useCalm(version, REFRESH_MS);
  const from = between?.from ?? null;
  const to = between?.to ?? null;
  useEffect(() => {
    if (from === null || to === null) return;
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      const path = `/api/ledger/index/contributions?cell=city&from=${from}&to=${to}&by=${by}`;
      const token = exact ? await ledgerBearer() : undefined;
      const [answer, picture] = await Promise.all([
        ask(path, 'application/json', token, controller.signal),
        import('./waterfall.tsx'),
      ]);
      const table: unknown = await answer.json();
      if (!isTable(table)) throw new TypeError('no contributions');
      setState({ table, Waterfall: picture.WaterfallTable, missing: null });
    };
    read().catch((error: unknown) => {
      if (controller.signal.aborted) return;
      const { status } = troubleOfError(error);
      const isAnswer = status !== null && status >= 400 && status < 500 && status !== 429;
      setState({ ...NOTHING, missing: isAnswer ? 'none' : 'failed' });
    });
    return () => controller.abort();
  }, [from, to, by, exact, calm, round]);
  const retry = useCallback(() => again(), []);
  if (between === null) return { ...NOTHING, missing: 'none', retry };
  return { ...state, retry };
};
