import { businessDay, type Instant, type LocalMonth, monthOf } from '@jishi/contracts/time';
import type { Family } from '../domain/index/family/family-state.ts';
import { editionFor } from '../domain/index/family/official.ts';
import { publicRunningLine, untoldRunningLine } from '../domain/index/family/public-lines.ts';
import {
  type CountedContracts,
  countedIn,
  mayTellAgain,
} from '../domain/index/family/running-crowd.ts';
import { type Series, seriesOf } from '../domain/index/family/series.ts';
import { type ValueLine, valueLine } from '../domain/index/family/value-lines.ts';
import type { FamilySource } from './family-source.ts';
import { runningMonth } from './index-asked.ts';
import type { IndexSource } from './live-source.ts';

/** The running month of the city as the public reads it, as of a public step. */
export interface PublicStep {
  readonly head: { readonly seq: number; readonly recordedAt: Instant | null };
  readonly running: ValueLine;
}

export interface RunningMonth {
  /** At the latest public step: the value that was last told of the month, if any. */
  readonly toldAt: (seq: number, recordedAt: Instant | null) => Promise<PublicStep>;
  /** At an earlier head: where it stood, without a value. */
  readonly untoldAt: (seq: number) => Promise<PublicStep>;
}

interface Told {
  readonly month: LocalMonth;
  readonly contracts: CountedContracts;
  readonly line: ValueLine | null;
}

const capOf = (family: Family, month: LocalMonth) => {
  const edition = editionFor(family, month);
  if (typeof edition === 'string') return null;
  return family.references.get(edition.linkYear)?.cap ?? null;
};

const cityOf = ({ method }: Pick<FamilySource, 'method'>): Series => {
  const [city] = seriesOf(method);
  if (!city) throw new Error('a method without the city');
  return city;
};

/** Told anew at this step, or as it was: what changed since it was told must be a crowd. */
const tellOn = (family: Family, city: Series, month: LocalMonth, before: Told | null): Told => {
  const told = before?.month === month ? before : { month, contracts: new Map(), line: null };
  if (runningMonth(family) !== month) return told;
  const contracts = countedIn(family, month);
  const isCrowd = mayTellAgain(family, capOf(family, month), told.contracts, contracts);
  return isCrowd ? { month, contracts, line: valueLine(family, city, month) } : told;
};

/**
 * The city's running month for the public. It walks through every public step of the month, so
 * that what is told follows from the log alone, whoever asks when, and after a restart, too.
 */
export const createRunningMonth = (family: FamilySource, index: IndexSource): RunningMonth => {
  const city = cityOf(family);
  let told: Told | null = null;
  let walkedTo = 0;
  let walking: Promise<unknown> = Promise.resolve();

  const walk = async (seq: number, month: LocalMonth): Promise<Told | null> => {
    if (seq < walkedTo) [told, walkedTo] = [null, 0];
    for (const step of await index.stepsBetween(walkedTo, seq)) {
      told = await family.walkTo(step, (at) => tellOn(at, city, month, told));
      walkedTo = step;
    }
    return told?.month === month ? told : null;
  };

  const untold = (
    seq: number,
    recordedAt: Instant | null,
    hidden: 'waits-for-crowd' | 'not-published',
  ): PublicStep => {
    const month = recordedAt === null ? family.method.file.base.from : dayMonth(recordedAt);
    return { head: { seq, recordedAt }, running: untoldRunningLine(city, month, hidden) };
  };

  return {
    toldAt: (seq, recordedAt) => {
      const step = walking.then(async () => {
        if (recordedAt === null) return untold(seq, null, 'not-published');
        const last = await walk(seq, dayMonth(recordedAt));
        if (!last?.line) return untold(seq, recordedAt, 'waits-for-crowd');
        return { head: { seq, recordedAt }, running: publicRunningLine(last.line) };
      });
      walking = step.catch(() => {});
      return step;
    },
    untoldAt: async (seq) => untold(seq, await index.recordedAt(seq), 'not-published'),
  };
};

const dayMonth = (recordedAt: Instant): LocalMonth => monthOf(businessDay(recordedAt));
