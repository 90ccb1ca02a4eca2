import { randomBytes } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import { createLedgerApp } from '@jishi/ledger/app';
import { testParty } from '@jishi/ledger/http/testing';
import { openPool } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { run } from '@jishi/runtime/run';
import { testPeople } from '@jishi/runtime/testing/people';
import type { Ground } from './contestant.ts';

/** The simulated now of the ledger: in the last month of the market, after its last event. */
const NOW = '2026-12-31T15:30:00.000Z';

/** Where the ledger listens, and tokens of those who call it. */
export interface LedgerDoor {
  readonly base: string;
  readonly operator: string;
  readonly registrar: string;
  /** Of market, each for an officer of another seller; seller i is party `2 · 10⁷ + i`. */
  readonly sellers: readonly string[];
}

export const sellerAt = (i: number) => testParty(`${20_000_000 + i}`);

/** A ledger as it is served, over the measured market, in a process of its own. */
export const startLedger = async ({ url }: Ground) => {
  const pool = openPool({ url });
  const people = testPeople();
  const { app, close } = await createLedgerApp({
    ...{ pool, log: silentLog, newId, logKind: 'synthetic', clock: () => NOW },
    ...{ newSalt: () => randomBytes(32), trustedKeys: people.trustedKeys },
  });
  const port = await run({ app, log: silentLog, host: '127.0.0.1', port: 0, close });
  const token = (person: Person): Promise<string> => people.tokenFor(person, 'ledger');
  return async (sellers: number): Promise<LedgerDoor> => ({
    base: `http://127.0.0.1:${port}/api/ledger`,
    operator: await token(people.person(['exchange-operator'])),
    registrar: await token(people.person(['registrar'])),
    sellers: await Promise.all(
      Array.from({ length: sellers }, (_, i) =>
        people.serviceToken(
          'market',
          'ledger',
          people.person(['listing-officer'], sellerAt(i).partyId),
        ),
      ),
    ),
  });
};
