import type { LogKind } from '@jishi/contracts/ledger/envelope';
import type { Clock } from '@jishi/contracts/time';
import type { Log } from '@jishi/runtime/log';
import type { TrustedKeys } from '@jishi/runtime/tokens';
import type pg from 'pg';
import type { RegistrationRules } from './domain/registration/regimes.ts';
import type { HeadSigning } from './process/sign-head.ts';

/** Everything from outside that the ledger needs; main.ts and the tests make it. */
export interface LedgerDeps {
  readonly pool: pg.Pool;
  readonly trustedKeys: TrustedKeys;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: () => string;
  /** 32 random bytes: the salt that hides a private part behind its commitment. */
  readonly newSalt: () => Buffer;
  readonly logKind: LogKind;
  readonly rules?: RegistrationRules;
  /** Without it heads are not signed, and health says so. */
  readonly headSigning?: HeadSigning;
  /** Commands that may wait to be appended; one more is answered 503 (4,096 without it). */
  readonly waitingCommandsMax?: number;
}
