import { clockTime, minuteTime } from '../format/moment.ts';
import { fill, useWords } from '../words/words.tsx';
import { type Freshness, freshnessOf } from './freshness.ts';
import type { Pulse } from './parse-snapshot.ts';
import { useNow } from './use-live.ts';

const MINUTE_MS = 60_000;

/** Dot, word and time: the state is in the shape and the words, the colour only repeats it. */
export const FreshnessLine = (props: {
  heardAtMs: number;
  headSeq: number;
  asOfSeq: number;
  asOfDay: string;
  status: Pulse['status'];
  linked: boolean;
}) => {
  const { heardAtMs, headSeq, asOfSeq, asOfDay, status, linked } = props;
  const { t } = useWords();
  const nowMs = useNow();
  const ageMs = Math.max(0, nowMs - heardAtMs);
  const freshness: Freshness = freshnessOf(ageMs);
  const age =
    ageMs < MINUTE_MS
      ? fill(t.seconds, { n: Math.floor(ageMs / 1_000) })
      : fill(t.minutes, { n: Math.floor(ageMs / MINUTE_MS) });
  const words: Record<Freshness, string> = {
    live: t.freshLive,
    delayed: fill(t.freshDelayed, { age }),
    stopped: fill(t.freshStopped, { time: minuteTime(heardAtMs) }),
    gone: t.freshGone,
  };
  const isLive = freshness === 'live' && status === 'live';
  const counting: Record<Pulse['status'], string> = {
    live: words[freshness],
    behind: t.freshBehind,
    broken: fill(t.freshBroken, { seq: asOfSeq }),
  };
  const looks: Record<Pulse['status'], Freshness> = {
    live: 'live',
    behind: 'delayed',
    broken: 'stopped',
  };
  const look = freshness === 'live' ? looks[status] : freshness;
  const head = fill(t.ledgerHead, { seq: headSeq });
  return (
    <p className={`freshness ${look}`}>
      <span className="dot" aria-hidden="true" />
      <span className="fresh-word">
        {freshness === 'live' ? counting[status] : words[freshness]}
      </span>
      {isLive ? <strong className="fresh-time">{clockTime(nowMs)}</strong> : null}
      <span className="fresh-day">{fill(t.asOfDay, { day: asOfDay })}</span>
      <span className="fresh-head">
        {linked ? <a href="/api/ledger/log/head">{head}</a> : head}
      </span>
    </p>
  );
};
