import { CONSUMER_STOPS, type Health } from '@jishi/contracts/health';
import type { ReactNode } from 'react';
import { Tag } from '../../../kit/marks.tsx';
import { Facts } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { type Follower, type Signing, sortFigures } from './health-figures.ts';
import { adminWords } from './words.ts';

type Words = (typeof adminWords)['zh' | 'en'];
const wordOf = (w: Words, key: string): string | null =>
  Object.entries(w).find(([known]) => known === key)?.[1] ?? null;

const FOLLOWER_TONES = {
  follows: 'ok',
  behind: 'warn',
  retries: 'warn',
  stopped: 'bad',
  broken: 'bad',
} as const;

/** Why it stopped and what to do, in the words that belong to the reason. */
const useWhatToDo = ({ standing, reason, retries, retriesMax }: Follower): string | null => {
  const { w, language } = useAreaWords(adminWords);
  if (standing === 'retries') {
    return fill(w.retriesDo, { n: retries ?? 0, max: retriesMax ?? 0 });
  }
  if (standing === 'stopped') return w.stoppedDo;
  if (standing !== 'broken') return null;
  const known = Object.entries(CONSUMER_STOPS).find(([key]) => key === reason)?.[1];
  return `${known?.[language] ?? reason ?? ''}${language === 'zh' ? '。' : '. '}${w.brokenDo}`;
};

const SECOND_MS = 1_000;

const FollowerLine = ({ of }: { of: Follower }) => {
  const { w } = useAreaWords(adminWords);
  const todo = useWhatToDo(of);
  const seconds = Math.round((of.oldestWaitingMs ?? 0) / SECOND_MS);
  return (
    <>
      <Tag tone={FOLLOWER_TONES[of.standing]}>{w[`standing.${of.standing}`]}</Tag>{' '}
      {of.cursor === null ? w.unknown : fill(w.upTo, { seq: of.cursor })}
      {of.lag ? ` ${fill(w.lagOf, { n: of.lag })}` : null}
      {of.lag && seconds > 0 ? ` ${fill(w.waitsFor, { n: seconds })}` : null}
      {todo ? <span className="todo">{todo}</span> : null}
    </>
  );
};

const SIGNING_TONES = { signs: 'ok', stopped: 'bad', off: 'bad' } as const;

const SigningLine = ({ of }: { of: Signing }) => {
  const { w } = useAreaWords(adminWords);
  return (
    <>
      <Tag tone={SIGNING_TONES[of.standing]}>{w[`signing.${of.standing}`]}</Tag>{' '}
      {of.signedHead === null ? w.nothingSigned : fill(w.upTo, { seq: of.signedHead })}
      {of.lag ? ` ${fill(w.unsigned, { n: of.lag })}` : null}
      {of.standing === 'signs' ? null : (
        <span className="todo">{w[`signingDo.${of.standing}`]}</span>
      )}
    </>
  );
};

/** What a service says of itself in figures, in words; a figure without a word keeps its name. */
export const FiguresInWords = ({ health }: { health: Health }) => {
  const { w } = useAreaWords(adminWords);
  const { followers, signing, rest } = sortFigures(health.figures);
  const lines: readonly (readonly [ReactNode, ReactNode])[] = [
    ...followers.map(
      (one) =>
        [wordOf(w, `follower.${one.name}`) ?? one.name, <FollowerLine key="f" of={one} />] as const,
    ),
    ...(signing ? [[w.signing, <SigningLine key="s" of={signing} />] as const] : []),
    ...rest.map(([name, value]) => {
      const text = String(value ?? w.unknown);
      return [wordOf(w, `figure.${name}`) ?? name, wordOf(w, `value.${text}`) ?? text] as const;
    }),
  ];
  return <Facts items={lines} />;
};
