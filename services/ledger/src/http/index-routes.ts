import { readGauge, readLive, streamLive } from '@jishi/contracts/ledger/endpoints';
import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Clock, LocalDate } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { liveSnapshot, publishedGauge } from '../domain/index/snapshot.ts';
import type { IndexState } from '../domain/index/state.ts';
import type { View } from '../domain/index/view.ts';
import { beyondHead } from './beyond-head.ts';
import type { AsOfQuery } from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';
import { viewOf } from './index-view.ts';
import { KEPT_FOR_A_DAY, keptAnswer } from './kept-answer.ts';
import { createLiveFeed, shownDay } from './live-feed.ts';
import { indexBeside } from './live-index.ts';
import type { IndexSource } from './live-source.ts';
import { answerLiveStream } from './live-stream.ts';

export interface IndexRoutesDeps extends IndexDeps {
  /** Aborts when the service closes; ends every stream. */
  readonly closing: AbortSignal;
}

interface AskedState {
  readonly state: IndexState;
  readonly head: LogHead;
  readonly view: View;
  readonly day: LocalDate;
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
  if (asOf !== undefined && asOf > head.seq) throw beyondHead('query.asOf', asOf, head.seq);
  await index.waitFor(Math.max(query.atLeast ?? 0, view === 'exact' ? (asOf ?? 0) : 0));
  if (asOf !== undefined && view === 'public' && !(await index.isPublicStep(asOf))) {
    throw new Refusal('as-of-not-public');
  }
  const latest = index.latest();
  const now = view === 'exact' ? latest : index.published();
  const state = asOf === undefined ? now : await index.stateAt(asOf);
  return { state, head, view, day: shownDay(state, latest, clock) };
};

/** GET /gauge, /live and /live/stream. */
export const serveIndexRoutes = (service: Service, deps: IndexRoutesDeps): void => {
  const { index, closing, clock } = deps;
  const feed = createLiveFeed(deps);

  service.serveRaw(readGauge, async (asked) => {
    const { query } = asked;
    const { state, head, view, day } = await askedState(index, asked.principal, query, clock);
    const gauge = publishedGauge(state, head, view, index.method, day, query.year);
    const keeps = view === 'public' && query.asOf !== undefined && !gauge.calendarProvisional;
    return keptAnswer(readGauge, asked, gauge, keeps ? KEPT_FOR_A_DAY : null);
  });

  service.serve(readLive, async ({ principal, query }) => {
    const { state, head, view, day } = await askedState(index, principal, query, clock);
    const beside = await indexBeside(deps, view, state.seq, query.asOf);
    return liveSnapshot(state, head, view, index.method, day, beside);
  });

  service.serveRaw(streamLive, async ({ principal, context }) =>
    answerLiveStream(context, feed, viewOf(principal), closing),
  );
};
