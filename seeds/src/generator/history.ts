import { createHash } from 'node:crypto';
import { businessDay, type LocalDate, yearOf } from '@jishi/contracts/time';
import {
  type Listing,
  type ListingEvent,
  listingDecider,
} from '@jishi/ledger/domain/listing/listing';
import type { By, RegistrationCommand } from '@jishi/ledger/domain/registration/commands';
import { registrationDecider } from '@jishi/ledger/domain/registration/decider';
import { registrationNumber } from '@jishi/ledger/domain/registration/regime';
import {
  REGISTRATION_RULES,
  type RegistrationRules,
} from '@jishi/ledger/domain/registration/regimes';
import type { Registration } from '@jishi/ledger/domain/registration/registration';
import { numberIsNeeded } from '@jishi/ledger/domain/registration/review';
import { type AnyLedgerEvent, claimsOf, encodeEvent } from '@jishi/ledger/store/encode-event';
import type { BulkEvent } from '@jishi/ledger/store/log/bulk';
import type { Act } from './acts.ts';
import { firstDay, registrationDays } from './calendar.ts';
import { TRAITS } from './calibration.ts';
import { createOffers } from './listings.ts';
import { liveContract, REVIEW_DAYS_MAX } from './lives.ts';
import { createWorld } from './parties.ts';
import { createRandom, type Random } from './random.ts';

/** What makes a synthetic history: the same plan gives the same history, event for event. */
export interface Plan {
  readonly seed: string;
  readonly months: number;
  readonly contracts: number;
  readonly until: LocalDate;
}

/** The name of a history; it owns the commands, so that an interrupted run finds its own events. */
export const historyName = ({ seed, months, contracts, until }: Plan): string =>
  `seed:${seed}:${months}:${contracts}:${until}`;

export const planOf = (name: string): Plan => {
  const [, seed = '', months = '', contracts = '', until = ''] = name.split(':');
  return { seed, months: Number(months), contracts: Number(contracts), until };
};

/** Registered in the seeded points, one for each year: the service's own point stays free. */
export const SEED_POINT = '320599';

const DAY_MS = 86_400_000;
const CLOCK_ZONE_MS = 8 * 3_600_000;
const SERIAL_LEAP = 997;

/** Every act of the history in the order of its moments, up to the end of the last day. */
const plannedActs = (plan: Plan, random: Random, rules: RegistrationRules): readonly Act[] => {
  const first = firstDay(plan.until, plan.months);
  const world = createWorld(random, plan.contracts);
  const offers = createOffers(random, { first, last: plan.until }, plan.contracts);
  const sources = { random, world, offers, history: historyName(plan) };
  const days = registrationDays(first, plan.until, plan.contracts, REVIEW_DAYS_MAX);
  const acts = [...offers.acts];
  days.forEach((day, i) => {
    acts.push(...liveContract(sources, day, rules, 'registered'));
    const refused = i % SERIAL_LEAP < SERIAL_LEAP * TRAITS.refused;
    if (refused) acts.push(...liveContract(sources, day, rules, 'refused'));
  });
  const end = Date.parse(`${plan.until}T00:00:00Z`) + DAY_MS - CLOCK_ZONE_MS;
  return acts.filter((act) => act.atMs < end).sort((a, b) => a.atMs - b.atMs);
};

interface Stream<State> {
  readonly state: State;
  readonly version: number;
}

/**
 * Plays a plan through the ledger's own deciders with a simulated clock: what they refuse is a
 * fault of the plan and stops it. Yields events in the order of the log. `serials`: the last
 * number that is taken at the seeded point, by year.
 */
export function* playHistory(
  plan: Plan,
  serials: ReadonlyMap<number, number>,
  rules: RegistrationRules = REGISTRATION_RULES,
): Generator<BulkEvent> {
  const name = historyName(plan);
  const random = createRandom(name);
  const acts = plannedActs(plan, random, rules);
  const keys = createRandom(`${name} keys`);
  const decider = registrationDecider(rules);
  const contracts = new Map<string, Stream<Registration>>();
  const listings = new Map<string, Stream<Listing>>();
  const last = new Map(serials);

  const draw = (year: number): string => {
    const serial = (last.get(year) ?? 0) + 1;
    last.set(year, serial);
    return registrationNumber(year, SEED_POINT, serial);
  };
  const decideRegistration = (act: Extract<Act, { kind: 'registration' }>, today: LocalDate) => {
    const before = contracts.get(act.stream);
    const state = before?.state ?? decider.initialState();
    const by: By = { ...act.by, today };
    const registers =
      (act.command.type === 'ApproveRegistration' && numberIsNeeded(state, rules)) ||
      act.command.type === 'ConfirmSecondReview';
    const number = registers ? draw(yearOf(today)) : null;
    const data = { ...act.command.data, by, registrationNumber: number };
    const decided = decider.decide({ type: act.command.type, data } as RegistrationCommand, state);
    const events = Array.isArray(decided) ? decided : [decided];
    const version = before?.version ?? 0;
    contracts.set(act.stream, {
      state: events.reduce(decider.evolve, state),
      version: version + events.length,
    });
    return { events: events as AnyLedgerEvent[], version };
  };
  const decideListing = (act: Extract<Act, { kind: 'listing' }>) => {
    const before = listings.get(act.stream);
    const state = before?.state ?? listingDecider.initialState();
    const command = { type: 'RecordListingEvent', data: { fact: act.fact, by: act.by } } as const;
    const events = listingDecider.decide(command, state) as ListingEvent[];
    const version = before?.version ?? 0;
    listings.set(act.stream, {
      state: events.reduce(listingDecider.evolve, state),
      version: version + events.length,
    });
    return { events: events as AnyLedgerEvent[], version };
  };

  for (const act of acts) {
    const recordedAt = new Date(act.atMs).toISOString();
    const { events, version } =
      act.kind === 'listing'
        ? decideListing(act)
        : decideRegistration(act, businessDay(recordedAt));
    const commandId = keys.id(act.atMs);
    for (const [i, event] of events.entries()) {
      yield {
        ...encodeEvent(event, {
          newId: () => keys.id(act.atMs),
          newSalt: () => keys.bytes(32),
          now: () => recordedAt,
        }),
        stream: act.stream,
        version: version + i + 1,
        org: name,
        commandId,
        part: i + 1,
        hash: createHash('sha256').update(commandId).digest(),
        claims: claimsOf(event),
      };
    }
  }
}
