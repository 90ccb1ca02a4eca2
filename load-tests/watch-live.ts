import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Rate, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { nothingLost, rateOf, SHARED, secondsOf } from './k6/arrivals.ts';
import { type Answer, ask, requestOf, urlOf } from './k6/caller.ts';
import { played, stocked } from './k6/played.ts';
import { contracts, OFFSET } from './k6/prepared.ts';
import { type Desk, openDesk, register } from './k6/registering.ts';
import { readEvents } from './k6/stream.ts';

/**
 * Journey 4: screens watch the live page (`RATE` is how many) while contracts are registered.
 * k6 itself reads no event stream: a window is a request that is cut after a while, of which k6
 * keeps the first byte's time and all that had arrived. What a screen shows at the cut is compared
 * with what the ledger shows then. The public view shows a step only when the next one is full, so
 * its age says nothing of the stream; each event is timed on screens of runner/timed-screens.ts.
 */
const USUAL = { rate: 40, seconds: 30 };
const WINDOW_MS_MAX = 30_000;
const BEFORE_AND_AFTER_MS = 3_000;
/** Screens that open in one second: nobody turns five hundred on at once. */
const OPENED_PER_SECOND = 40;
const REGISTRATIONS_PER_SECOND = 1;
const HEARTBEAT_EVERY_MS = 5_000;

const screens = rateOf(USUAL);
const seconds = secondsOf(USUAL);
const windowMs = Math.min(WINDOW_MS_MAX, seconds * 1_000 - BEFORE_AND_AFTER_MS);
const openingSeconds = Math.min(Math.ceil(screens / OPENED_PER_SECOND), Math.ceil(seconds / 2));

export const options: Options = {
  ...SHARED,
  scenarios: {
    watch: {
      executor: 'ramping-vus',
      exec: 'watch',
      startVUs: 1,
      stages: [
        { duration: `${openingSeconds}s`, target: screens },
        { duration: `${seconds - openingSeconds}s`, target: screens },
      ],
      gracefulRampDown: '0s',
      gracefulStop: `${windowMs + BEFORE_AND_AFTER_MS}ms`,
    },
    move: {
      executor: 'constant-arrival-rate',
      exec: 'move',
      rate: REGISTRATIONS_PER_SECOND,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: 4,
      maxVUs: 4,
    },
  },
  thresholds: {
    ...nothingLost(),
    'http_req_duration{kind:read,scenario:watch}': ['p(99)<250'],
    stream_first_byte_ms: ['p(99)<500'],
    streams_lived: ['rate>0.999'],
    // A screen that is a second behind misses a third of the steps: there is one in three seconds.
    screens_current: ['rate>0.9'],
    heartbeat_late_ms: ['p(99)<2000'],
  },
};

const firstByteMs = new Trend('stream_first_byte_ms', true);
const current = new Rate('screens_current');
const heartbeatLateMs = new Trend('heartbeat_late_ms', true);
const lived = new Rate('streams_lived');
const snapshots = new Counter('live_snapshots');
const heartbeats = new Counter('live_heartbeats');

interface Shown {
  readonly asOf: { readonly seq: number };
}

/**
 * One comes every five seconds and says when it left. By how much the next was late, at the cut
 * too: there it has not arrived, whenever it left.
 */
const noteHeartbeats = (times: readonly number[], cutMs: number): void => {
  heartbeats.add(times.length);
  times.forEach((atMs, i) => {
    const nextMs = times[i + 1] ?? cutMs;
    heartbeatLateMs.add(Math.max(0, nextMs - atMs - HEARTBEAT_EVERY_MS));
  });
};

/** Whether this screen shows at the cut what the ledger shows right after. */
const noteCurrent = (shown: Shown | undefined): void => {
  const now = ask<Shown>('readLive');
  if (now && shown) current.add(shown.asOf.seq >= now.asOf.seq);
};

const readWindow = (answer: Answer, first: Shown | undefined, cutMs: number): void => {
  const events = readEvents(answer.body ?? '');
  const beats = events.filter(({ name }) => name === 'heartbeat');
  const changes = events.filter(({ name }) => name === 'snapshot');
  // Cut by us after the window, and with a first event: any other end is a broken stream.
  const good = /timeout/.test(answer.error) && beats.length > 0;
  lived.add(good);
  check(good, { 'the stream lived': (is) => is });
  if (!good) return;
  firstByteMs.add(answer.timings.waiting);
  snapshots.add(changes.length);
  const times = beats.map(({ data }) => Date.parse((JSON.parse(data) as { at: string }).at));
  noteHeartbeats(times, cutMs);
  const last = changes.at(-1);
  noteCurrent(last ? (JSON.parse(last.data) as Shown) : first);
};

export const setup = openDesk;

export const watch = played((): void => {
  const first = ask<Shown>('readLive');
  const answer = http.get(urlOf('streamLive'), {
    ...requestOf('streamLive'),
    timeout: windowMs,
    // The cut is meant: it is no failed request.
    responseCallback: http.expectedStatuses(0, 200),
    tags: { name: 'GET ledger/live/stream', kind: 'stream' },
  });
  readWindow(answer, first, Date.now());
  // A screen that lost its stream waits before it comes back.
  if (!answer.body) sleep(1);
});

export const move = played((desk: Desk): void => {
  register(desk, stocked(contracts, OFFSET + exec.scenario.iterationInTest, 'contracts'));
});

export { handleSummary } from './k6/summary.ts';
