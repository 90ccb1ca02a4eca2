import type { LocalMonth } from '@jishi/contracts/time';
import { addToMonth, monthSpan, windowMonths } from '../index/family/calendar.ts';
import { PARTITIONS } from '../index/family/series.ts';
import type { Steps } from '../steps.ts';
import { countedAt } from './counted.ts';
import { crowdRule } from './crowd-rule.ts';
import { type Equations, NO_EQUATIONS, searchingSteps, told, toldSteps } from './equations.ts';
import { seqOfMonth, sumOf, textOf } from './knowledge.ts';
import { ownUnknowns } from './own-unknowns.ts';
import type { Scene } from './scene.ts';
import { type Showing, showingsOf, tellsOf } from './showings.ts';
import type { Few } from './whose.ts';

/** Tells one thing after another, as long as no reader can solve for too few contracts. */
export interface Telling {
  /** True: it is told from now on. False: nothing has changed. */
  readonly tell: (showing: Showing) => Steps<boolean>;
  /** Whether a figure may move from where it was shown, seen by itself (B12-21). */
  readonly mayMove: (
    part: string,
    months: readonly LocalMonth[],
    since: readonly number[],
  ) => boolean;
  /** Whether other contracts are counted in a figure now than as of a sequence. */
  readonly isOther: (part: string, months: readonly LocalMonth[], since: number) => boolean;
  /** Whether what is counted in these months changed since something was told of them. */
  readonly hasChanged: (part: string, months: readonly LocalMonth[]) => boolean;
}

const MONTHS_PER_YEAR = 12;

/** Sums of so many times the least crowd of sellers are looked for from several sides. */
const FEW = 2;

/** A part of what readers know, and which showings belong to it. */
interface System {
  readonly holds: (showing: Showing) => boolean;
  equations: Equations;
}

/** The city's months that were told of before, within the months of one publication. */
const isCityMonth = ({ terms }: Showing, months: readonly LocalMonth[]): boolean => {
  const [term] = terms;
  const isMonth = terms.length === 1 && term?.part === 'city' && term.months.length === 1;
  return isMonth && months.includes(term.months[0] ?? '');
};

/** Not what a year's reference tells, which concerns the whole history. */
const isNear = ({ terms }: Showing): boolean =>
  terms.every(({ months }) => months.length <= MONTHS_PER_YEAR);

/** So many contracts around a month are solved for over publications: it costs by square. */
const NEIGHBOURS_CONTRACTS_MAX = 500;

/** Months whose windows share some with this one's. */
const nearMonths = ({ period, method }: Scene): readonly LocalMonth[] => {
  const reach = method.windows.cell - 1;
  return monthSpan(addToMonth(period, -reach), addToMonth(period, reach));
};

/** The month, and in a small market those whose windows share months with its own. */
const periodsBeside = (scene: Scene): readonly LocalMonth[] => {
  const { period, method, counting } = scene;
  const reach = method.windows.cell - 1;
  const months = monthSpan(addToMonth(period, -2 * reach), addToMonth(period, reach));
  const contracts = months.reduce((sum, month) => sum + counting.at('city', month).length, 0);
  return contracts > NEIGHBOURS_CONTRACTS_MAX ? [period] : nearMonths(scene);
};

/**
 * What the vintages of this month tell of all partitions at once, with the city's months around
 * it: what is kept from before stands beside what is new. In a small market the months beside it
 * count, too.
 */
const jointSystem = (scene: Scene): System => {
  const { knowledge, counting, method, period, published } = scene;
  const around = windowMonths(period, method.windows.cell + 1);
  const beside = periodsBeside(scene);
  const cityMonths = knowledge.showings.filter((showing) => isCityMonth(showing, around));
  const own = published
    .filter((content) => beside.includes(content.period))
    .flatMap((content) => showingsOf(content, method))
    .filter(isNear);
  const equations = [...cityMonths, ...own].reduce(
    (all, one) => told(all, sumOf(one, counting, method)).equations,
    NO_EQUATIONS,
  );
  return { holds: isNear, equations };
};

/** What figures of the months around have been given as their own, and which figures those are. */
const sharesOf = (scene: Scene) => {
  const { counting, method, published } = scene;
  const beside = nearMonths(scene);
  const near = published
    .filter(({ period }) => beside.includes(period))
    .flatMap((content) => showingsOf(content, method));
  const byText = new Map(near.map((showing) => [textOf(showing), showing]));
  const own = ownUnknowns();
  for (const showing of byText.values()) own.add([...sumOf(showing, counting, method).keys()]);
  return { own, isTold: (showing: Showing): boolean => byText.has(textOf(showing)) };
};

/** Sums of few contracts have few sellers, so these are what is looked for. */
const fewOf = ({ counting, rule }: Scene): Few => {
  const below = Math.max(Number(rule.minSellers), Number(rule.minContracts));
  const sellerOf = (unknown: number): string | null => {
    const { isValuePublished, sellerId } = counting.contractOf(unknown);
    return isValuePublished ? null : sellerId;
  };
  const contractOf = (unknown: number) => counting.contractOf(unknown).contractId;
  return { below, most: FEW * below, whose: { contractOf, sellerOf } };
};

function* systemsOf(scene: Scene): Steps<readonly System[]> {
  const few = fewOf(scene);
  const systems: System[] = [jointSystem(scene)];
  yield;
  for (const partition of PARTITIONS) {
    const equations = scene.knowledge.byPartition.get(partition) ?? NO_EQUATIONS;
    systems.push({ holds: (showing) => tellsOf(showing, partition), equations });
  }
  for (const system of systems) system.equations = yield* searchingSteps(system.equations, few);
  return systems;
}

/**
 * Whether one thing more would let readers know too much. Each partition is a system of its own
 * over the whole history; one more holds what this publication tells of all of them.
 */
export function* tellingOf(scene: Scene): Steps<Telling> {
  const { counting, method, knowledge, seq, cap, rule } = scene;
  const seqOf = seqOfMonth(method);
  const isCrowd = crowdRule(counting, cap, rule);
  const systems = yield* systemsOf(scene);
  const shares = sharesOf(scene);
  const unknownsIn = (part: string, months: readonly LocalMonth[], asOf: number) =>
    new Set(
      countedAt(counting, part, months, (month) => seqOf(asOf, month)).map((one) => one.unknown),
    );
  const changedIn = (part: string, months: readonly LocalMonth[], asOf: number) => {
    const [then, now] = [unknownsIn(part, months, asOf), unknownsIn(part, months, seq)];
    return [...then, ...now].filter((one) => then.has(one) !== now.has(one));
  };

  return {
    *tell(showing): Steps<boolean> {
      if (!isNear(showing) && knowledge.texts.has(textOf(showing))) return true;
      const sum = sumOf(showing, counting, method);
      // Beside units above the cap, which the primary rule counts, too few may be left.
      if (!isCrowd([[...sum.keys()]])) return false;
      const moved: [System, Equations][] = [];
      for (const system of systems) {
        if (!system.holds(showing)) continue;
        const { equations, solved } = yield* toldSteps(system.equations, sum);
        yield;
        if (!solved.every(isCrowd)) return false;
        moved.push([system, equations]);
      }
      if (!shares.isTold(showing) && !shares.own.add([...sum.keys()])) return false;
      for (const [system, equations] of moved) system.equations = equations;
      return true;
    },
    mayMove: (part, months, since) =>
      since.every((asOf) => {
        const changed = changedIn(part, months, asOf);
        return changed.length === 0 || isCrowd([changed]);
      }),
    isOther: (part, months, since) => changedIn(part, months, since).length > 0,
    hasChanged: (part, months) =>
      knowledge.showings.some(({ asOfSeq, terms }) =>
        terms
          .filter((term) => term.part === part)
          .flatMap((term) => term.months.filter((month) => months.includes(month)))
          .some((month) =>
            counting
              .at(part, month)
              .some(({ from, to }) => [from, to].some((at) => at > asOfSeq && at <= seq)),
          ),
      ),
  };
}
