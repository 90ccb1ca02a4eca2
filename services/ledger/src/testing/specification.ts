import type { ProblemType } from '@jishi/contracts/problem';
import { Refusal } from '@jishi/contracts/problem';
import { expect } from 'vitest';

interface DeciderLike<State, Command, Event> {
  readonly initialState: () => State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => Event | Event[];
}

/** given / when / then on strict equality: no extra field and no other date passes. */
export const specify = <State, Command, Event>(decider: DeciderLike<State, Command, Event>) => {
  const stateAfter = (events: readonly Event[]): State =>
    events.reduce(decider.evolve, decider.initialState());
  return {
    stateAfter,
    given: (...events: readonly Event[]) => ({
      when: (command: Command) => ({
        thenEvents: (...expected: readonly Event[]): void => {
          const decided = decider.decide(command, stateAfter(events));
          expect(Array.isArray(decided) ? decided : [decided]).toStrictEqual(expected);
        },
        thenRefused: (type: ProblemType): void => {
          let refused: unknown;
          try {
            decider.decide(command, stateAfter(events));
          } catch (error) {
            refused = error;
          }
          expect(refused).toBeInstanceOf(Refusal);
          expect((refused as Refusal).type).toBe(type);
        },
      }),
    }),
  };
};
