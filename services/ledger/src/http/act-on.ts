import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock } from '@jishi/contracts/time';
import type { Kysely } from 'kysely';
import type { By, RegistrationCommand } from '../domain/registration/commands.ts';
import { registrationDecider } from '../domain/registration/decider.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import type { Registration, RegistrationEvent } from '../domain/registration/registration.ts';
import type { LedgerTables } from '../store/database.ts';
import { type EventStoreDependencies, handleCommand } from '../store/event-store.ts';
import { actingOf, isInSight, issuedBy, sightOf } from './caller.ts';

export interface ActsDeps {
  readonly store: EventStoreDependencies;
  readonly rules: RegistrationRules;
  readonly clock: Clock;
  readonly views: Kysely<LedgerTables>;
}

/** An act on one contract, before it is known what the contract's state is. */
interface Asked {
  readonly principal: Principal | undefined;
  readonly contractId: string;
  readonly commandId: string;
  readonly name: string;
  /** Hashed: the same id with another content is refused. */
  readonly content: unknown;
  /** The version that the person saw; receipts and submissions have none. */
  readonly version?: number;
  /** `seq` is that of the contract's last event behind the state. */
  readonly command: (
    by: By,
    state: Registration,
    seq: number,
  ) => RegistrationCommand | Promise<RegistrationCommand>;
}

/** The stream of a contract; everything about it, receipts included, is in it. */
export const contractStreamOf = (contractId: string): string => `contract-${contractId}`;

/** A contract that a person does not see answers like a missing one, before anything else. */
const requireSight = (principal: Principal | undefined, state: Registration): void => {
  if (state.status === 'none') return;
  const sight = principal?.kind === 'service' ? { all: true as const } : sightOf(principal);
  if (!isInSight(sight, state)) throw new Refusal('not-found');
};

export const actOn = async ({ store, rules, clock }: ActsDeps, asked: Asked) => {
  const { decide, evolve, initialState } = registrationDecider(rules);
  const { principal, contractId, commandId, name, content, version, command } = asked;
  const handle = async (state: Registration, seq: number): Promise<RegistrationEvent[]> => {
    requireSight(principal, state);
    const by = { ...actingOf(principal), today: businessDay(clock()) };
    const events = decide(await command(by, state, seq), state);
    return Array.isArray(events) ? events : [events];
  };
  const issued = issuedBy(principal, commandId, name, [contractId, content]);
  const written = await handleCommand<Registration, RegistrationEvent>(store, issued, {
    ...{ stream: contractStreamOf(contractId), evolve, initialState, handle },
    ...(version === undefined ? {} : { expectedVersion: version }),
  });
  return { contractId, ...written };
};
