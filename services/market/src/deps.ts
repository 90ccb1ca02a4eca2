import type { KeyObject } from 'node:crypto';
import type { Health } from '@jishi/contracts/health';
import type { Clock } from '@jishi/contracts/time';
import type { Log } from '@jishi/runtime/log';
import type { TrustedKeys } from '@jishi/runtime/tokens';
import type { Pool } from 'pg';

/** What one part of the service adds to health. */
export type HealthPart = () => Promise<Pick<Health, 'notes' | 'figures'>>;

/** Everything the service needs from outside; `main.ts` makes it, tests make their own. */
export interface MarketDeps {
  readonly pool: Pool;
  readonly log: Log;
  readonly clock: Clock;
  readonly trustedKeys: TrustedKeys;
  /** Signs this service's own tokens for the ledger and subsidy. */
  readonly serviceKey: KeyObject;
  /** Signs the tokens of people; its public half is trusted by every service. */
  readonly peopleKey: KeyObject;
  /** At least 32 random characters; signs the session cookie. */
  readonly authSecret: string;
  /** Where browsers find the market, without a trailing slash. */
  readonly publicUrl: string;
  /** Whether demo accounts of an earlier start are kept out (production). */
  readonly refusesDemo?: boolean;
  readonly ledgerUrl?: string | undefined;
  /** Whether the log is a synthetic one: every export says so. */
  readonly isSynthetic?: boolean;
  /** Parts of the service add what they have to say while they are mounted. */
  readonly health: HealthPart[];
}
