import type { LocalDate } from '@jishi/contracts/time';
import type { Acting } from '@jishi/ledger/domain/ledger-event';
import type { ListingFact } from '@jishi/ledger/domain/listing/listing';
import type { RegistrationCommand } from '@jishi/ledger/domain/registration/commands';
import type { Random } from './random.ts';

/** A command without its day and number: the simulated clock and the counter add them. */
type Undated<C> = C extends { readonly type: infer T; readonly data: infer D }
  ? { readonly type: T; readonly data: Omit<D, 'by' | 'registrationNumber'> }
  : never;
export type UndatedCommand = Undated<RegistrationCommand>;

/** Something that somebody does at a moment of the simulated time. */
export type Act =
  | {
      readonly kind: 'registration';
      readonly stream: string;
      readonly atMs: number;
      readonly command: UndatedCommand;
      readonly by: Acting;
    }
  | {
      readonly kind: 'listing';
      readonly stream: string;
      readonly atMs: number;
      readonly fact: ListingFact;
      readonly by: Acting;
    };

const OFFICE_OPENS_UTC_HOUR = 1;
const OFFICE_SECONDS = 9 * 3_600;

/** A moment in the office hours (9 to 18 o'clock in the city) of a day. */
export const momentOn = (random: Random, day: LocalDate): number =>
  Date.parse(`${day}T0${OFFICE_OPENS_UTC_HOUR}:00:00Z`) +
  random.whole(0, OFFICE_SECONDS) * 1_000 +
  random.whole(0, 999);
