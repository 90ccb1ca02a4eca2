import type { Me } from '@jishi/contracts/market/accounts';
import { useEffect, useSyncExternalStore } from 'react';
import { hasSession, MARK_SECONDS, markSession } from './mark.ts';
import { readMe, signOut } from './session.ts';

/** Who is signed in, as far as this page knows: one answer for the bar and the page below it. */
export type Known =
  | { readonly state: 'asking' }
  | { readonly state: 'nobody' }
  | { readonly state: 'person'; readonly me: Me }
  | { readonly state: 'trouble'; readonly requestId: string | null };

const ASKING: Known = { state: 'asking' };
let known: Known | null = null;
const listeners = new Set<() => void>();

const learn = (next: Known): void => {
  known = next;
  for (const listener of listeners) listener();
};

const askMarket = async (): Promise<Known> => {
  const answer = await readMe();
  if (answer.ok) return { state: 'person', me: answer.value };
  if (answer.status === 401) return { state: 'nobody' };
  return { state: 'trouble', requestId: answer.problem?.requestId ?? null };
};

const ask = async (): Promise<Known> => {
  const answer = await askMarket();
  if (answer.state === 'nobody') markSession(0);
  learn(answer);
  return answer;
};

/** After a sign-in that was answered with success. */
export const signedIn = (): Promise<Known> => {
  markSession(MARK_SECONDS);
  return ask();
};

const onLeaving = new Set<() => void>();
/** What must not outlive the session, such as tokens and answers kept for the person. */
export const whenLeaving = (forget: () => void): void => {
  onLeaving.add(forget);
};

/** Ends the session. Nothing changes when the market does not answer: the session still lives. */
export const leave = async (): Promise<void> => {
  const answer = await signOut();
  if (!answer.ok) return;
  markSession(0);
  for (const forget of onLeaving) forget();
  learn({ state: 'nobody' });
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useWho = (): Known => {
  const now = useSyncExternalStore(subscribe, () => known);
  useEffect(() => {
    if (known) return;
    if (!hasSession()) return learn({ state: 'nobody' });
    learn(ASKING);
    ask().catch(() => learn({ state: 'nobody' }));
  }, []);
  return now ?? ASKING;
};
