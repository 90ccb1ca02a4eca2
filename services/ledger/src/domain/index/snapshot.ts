import type { FieldCode } from '@jishi/contracts/codes';
import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { FeedLine, Gauge, LiveSnapshot, MethodRef } from '@jishi/contracts/ledger/live';
import { type LocalDate, monthOf, yearOf } from '@jishi/contracts/time';
import { gaugeOf } from '../gauge/gauge.ts';
import { type Target, targetFor } from '../gauge/targets.ts';
import type { IndexNow } from './cell-now.ts';
import { shownOf } from './field-release.ts';
import type { RegisteredContract } from './registered-contract.ts';
import { aggregatesFor, type IndexState, totalOf } from './state.ts';
import type { StepRule } from './step-rule.ts';
import type { View } from './view.ts';

/** What gauge and steps are made with, beside the state. */
export interface GaugeRule {
  readonly parameters: StepRule;
  readonly targets: readonly Target[];
}

const FEED_LINES = 20;

const asOfOf = (state: IndexState, head: LogHead): LogHead => ({
  seq: state.seq,
  recordedAt: state.recordedAt,
  kind: state.kind ?? head.kind,
});

/** What the public may know of the course of time: the totals of its own steps, this one too. */
const stepTotalsOf = (state: IndexState): ReadonlyMap<LocalDate, bigint> => {
  const total = totalOf(state);
  return total ? new Map(state.stepTotals).set(...total) : state.stepTotals;
};

/** The gauge of a year; without one, of the year of the day that the numbers are as of. */
export const publishedGauge = (
  state: IndexState,
  head: LogHead,
  view: View,
  method: GaugeRule,
  asOfDay: LocalDate,
  year: number = yearOf(asOfDay),
): Gauge => {
  const target = targetFor(method.targets, state.city, year);
  const { cells, days } = aggregatesFor(state, view);
  const figures = gaugeOf(
    {
      months: cells.get('city') ?? new Map(),
      days,
      stepTotals: view === 'public' ? stepTotalsOf(state) : null,
    },
    year,
    asOfDay,
    target,
  );
  return {
    year,
    asOf: asOfOf(state, head),
    asOfDay,
    target: target
      ? {
          amountFen: `${target.amountFen}`,
          setForYear: target.year,
          carried: target.year !== year,
          rule: target.rule,
          source: target.source,
        }
      : null,
    ...figures,
    contractValueFen: `${figures.contractValueFen}`,
    technologyValueFen: `${figures.technologyValueFen}`,
    allTimeContractValueFen: `${figures.allTimeContractValueFen}`,
    requiredPerWorkingDayFen: figures.requiredPerWorkingDayFen?.toString() ?? null,
    meanOfLast20WorkingDaysFen: `${figures.meanOfLast20WorkingDaysFen}`,
    projectedFen: `${figures.projectedFen}`,
  };
};

const feedLine = (contract: RegisteredContract): FeedLine => ({
  seq: contract.seq,
  recordedAt: contract.recordedAt,
  registeredOn: contract.registeredOn,
  fieldCode: contract.fieldCode,
  contractType: contract.contractType,
  sellerDistrict: contract.sellerDistrict,
  buyerDistrict: contract.buyerDistrict,
  publishedValueFen: contract.publishedValueFen?.toString() ?? null,
});

/** Contract value of a field in a year: exact, or as far as the public steps have shown it. */
const fieldValue = (state: IndexState, code: string, view: View, year: number): string | null => {
  const release = aggregatesFor(state, view)
    .fields.get(year)
    ?.get(code as FieldCode);
  if (view === 'exact') return `${(release?.shownFen ?? 0n) + (release?.waitingFen ?? 0n)}`;
  return shownOf(release)?.toString() ?? null;
};

/** The index beside the state: which method made it, and what is shown of it. */
export interface IndexBeside {
  readonly method: MethodRef;
  readonly now: IndexNow;
}

/** Everything that the live screen shows: gauge and feed of one state, and the index beside. */
export const liveSnapshot = (
  state: IndexState,
  head: LogHead,
  view: View,
  method: GaugeRule,
  day: LocalDate,
  beside: IndexBeside,
): LiveSnapshot => {
  const year = yearOf(day);
  const { overall, running, districts, industries, fields } = beside.now;
  return {
    exact: view === 'exact',
    city: state.city,
    head,
    asOf: asOfOf(state, head),
    method: beside.method,
    ...{ overall, running },
    gauge: publishedGauge(state, head, view, method, day),
    ...{ districts, industries },
    fields: fields.map((field) => ({
      ...field,
      contractValueFen: fieldValue(state, field.cell.slice('field:'.length), view, year),
    })),
    feed: state.recent.slice(0, FEED_LINES).map(feedLine),
    registeredToday: aggregatesFor(state, view).days.get(monthOf(day))?.get(day)?.contracts ?? 0,
  };
};
