import type { Fen } from '@jishi/contracts/money';
import type { Cast, Company } from './cast.ts';
import { idIn } from './run-state.ts';

/**
 * Amounts of every run, in fen: 1280 and 1200 万元 signed, of which 1100 万元 has arrived. Over the
 * threshold of the second review, and enough for one of the three awards to reach its ceiling.
 */
const CONTRACT_VALUE: Fen = 1_280_000_000n;
const TECHNOLOGY_VALUE: Fen = 1_200_000_000n;
const RECEIVED: Fen = 1_100_000_000n;

export interface Journey {
  readonly run: string;
  readonly baseUrl: string;
  /** Business day on which the run began. */
  readonly today: string;
  /** Head of the log when the run began. */
  readonly headBefore: number;
  readonly id: (name: string) => string;
  readonly cast: Cast;
  readonly people: Company;
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
  readonly receivedFen: string;
}

export const journeyOf = (
  given: Pick<Journey, 'run' | 'baseUrl' | 'today' | 'headBefore' | 'cast' | 'people'>,
): Journey => ({
  ...given,
  id: (name) => idIn(given.run, name),
  contractValueFen: CONTRACT_VALUE.toString(),
  technologyValueFen: TECHNOLOGY_VALUE.toString(),
  receivedFen: RECEIVED.toString(),
});
