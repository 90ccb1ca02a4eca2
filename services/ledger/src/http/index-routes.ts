import {
  readGauge,
  readIndexSeries,
  readLive,
  readMethod,
  streamLive,
} from '@jishi/contracts/ledger/endpoints';
import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock, type LocalDate, systemClock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { View } from '../domain/index/series.ts';
import { indexSeries, liveSnapshot, publishedGauge } from '../domain/index/snapshot.ts';
import type { IndexState } from '../domain/index/state.ts';
import { methodOn } from '../store/index/method.ts';
import { KEPT_FOR_A_DAY, keptAnswer } from './kept-answer.ts';
import { createLiveFeed, shownDay } from './live-feed.ts';
import { METHOD_TEXT } from './live-method-text.ts';
import type { IndexSource } from './live-source.ts';
import { answerLiveStream } from './live-stream.ts';

export interface IndexRoutesDeps {
  readonly index: IndexSource;
  /** Aborts when the service closes; ends every stream. */
  readonly closing: AbortSignal;
  readonly clock?: Clock;
}

/** Exact values are for the exchange operator and the auditor; a party has no part in it. */
export const viewOf = (principal: Principal | undefined): View =>
  principal?.kind === 'person' &&
  principal.roles.some((role) => role === 'exchange-operator' || role === 'auditor')
    ? 'exact'
    : 'public';

interface AskedState {
  readonly state: IndexState;
  readonly head: LogHead;
  readonly view: View;
  readonly day: LocalDate;
}

interface AsOfQuery {
  readonly asOf?: number | undefined;
  readonly atLeast?: number | undefined;
}

/**
 * The state that a caller asks for and may see. Refusals in this order: beyond the head, not a
 * public step, not caught up.
 */
const askedState = async (
  index: IndexSource,
  principal: Principal | undefined,
  query: AsOfQuery,
  clock: Clock,
): Promise<AskedState> => {
  const view = viewOf(principal);
  const head = await index.logHead();
  const { asOf } = query;
  if (asOf !== undefined && asOf > head.seq) throw new Refusal('as-of-beyond-head');
  await index.waitFor(Math.max(query.atLeast ?? 0, view === 'exact' ? (asOf ?? 0) : 0));
  if (asOf !== undefined && view === 'public' && !(await index.isPublicStep(asOf))) {
    throw new Refusal('as-of-not-public');
  }
  const latest = index.latest();
  const now = view === 'exact' ? latest : index.published();
  const state = asOf === undefined ? now : await index.stateAt(asOf);
  return { state, head, view, day: shownDay(state, latest, clock) };
};

/** GET /index/series, /index/method, /gauge, /live and /live/stream. */
export const serveIndexRoutes = (service: Service, deps: IndexRoutesDeps): void => {
  const { index, closing } = deps;
  const clock = deps.clock ?? systemClock;
  const feed = createLiveFeed(index, clock);

  service.serveRaw(readIndexSeries, async (asked) => {
    const { state, head, view } = await askedState(index, asked.principal, asked.query, clock);
    const series = indexSeries(state, head, view, index.method, asked.query);
    const keeps = view === 'public' && asked.query.asOf !== undefined;
    return keptAnswer(readIndexSeries, asked, series, keeps ? KEPT_FOR_A_DAY : null);
  });

  service.serveRaw(readGauge, async (asked) => {
    const { query } = asked;
    const { state, head, view, day } = await askedState(index, asked.principal, query, clock);
    const gauge = publishedGauge(state, head, view, index.method, day, query.year);
    const keeps = view === 'public' && query.asOf !== undefined && !gauge.calendarProvisional;
    return keptAnswer(readGauge, asked, gauge, keeps ? KEPT_FOR_A_DAY : null);
  });

  service.serve(readLive, async ({ principal, query }) => {
    const { state, head, view, day } = await askedState(index, principal, query, clock);
    return liveSnapshot(state, head, view, index.method, day);
  });

  service.serveRaw(streamLive, async ({ principal, context }) =>
    answerLiveStream(context, feed, viewOf(principal), closing),
  );

  service.serve(readMethod, async ({ query }) => {
    const method = methodOn(query.on ?? businessDay(clock()));
    if (!method) throw new Refusal('not-found');
    const { name, version } = method.parameters;
    return {
      name,
      version,
      parameterHash: method.parameterHash,
      parameters: { ...method.file },
      ...METHOD_TEXT,
    };
  });
};
