import type { KeyObject } from 'node:crypto';
import type { Clock } from '@jishi/contracts/time';
import type { Log } from '@jishi/runtime/log';
import type { Pool } from 'pg';
import { startDelivery } from './deliver-outbox.ts';
import { startExpiry } from './expire-announcements.ts';
import { startImports } from './import-rows.ts';
import { startMatchPush } from './push-matches.ts';

export interface TradeJobDeps {
  readonly pool: Pool;
  readonly log: Log;
  readonly clock: Clock;
  readonly serviceKey: KeyObject;
  /** Without a ledger nothing is delivered; the outbox keeps it and health says so. */
  readonly ledgerUrl?: string | undefined;
}

/** The jobs of trade beside the endpoints; `stop` waits for what is in hand. */
export const startTradeJobs = (deps: TradeJobDeps): { readonly stop: () => Promise<void> } => {
  const { ledgerUrl } = deps;
  const jobs = [
    startExpiry(deps),
    startImports(deps),
    startMatchPush(deps),
    ...(ledgerUrl === undefined ? [] : [startDelivery({ ...deps, ledgerUrl })]),
  ];
  return {
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
};
