import type { AnswerOf } from '@jishi/contracts/endpoint';
import type { RegistrationReason } from '@jishi/contracts/ledger/registration-rules';
import {
  readRegistrationReasons,
  readRegistrationRules,
} from '@jishi/contracts/ledger/registry-endpoints';
import { useRead } from '../../api/queries.ts';
import { today } from './today.ts';

export type Rules = AnswerOf<typeof readRegistrationRules>;
export type Regime = Rules['regimes'][number];

/** The regime in force on a day: periods are half-open. */
export const regimeOn = (rules: Rules, day: string): Regime | undefined =>
  rules.regimes.find(({ from, to }) => from <= day && (to === null || day < to));

export const useRules = () => useRead(readRegistrationRules);

/** How the clock goes on after supplements under the regime of today. */
export const useSupplementRule = (): 'arrival' | 'acceptance' => {
  const rules = useRules();
  return (rules.data && regimeOn(rules.data, today())?.supplement.value) ?? 'arrival';
};

export type ReasonedAct = RegistrationReason['acts'][number];

/** Reasons of this act alone stand first: they are what is mostly meant. */
export const reasonsFor = (
  items: readonly RegistrationReason[],
  act: ReasonedAct,
): readonly RegistrationReason[] =>
  items.filter((reason) => reason.acts.includes(act)).sort((a, b) => a.acts.length - b.acts.length);

/** The reasons that may be given for an act; undefined until they are read. */
export const useReasons = (act: ReasonedAct): readonly RegistrationReason[] | undefined => {
  const { data } = useRead(readRegistrationReasons);
  return data && reasonsFor(data.items, act);
};
