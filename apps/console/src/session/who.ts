import type { Me } from '@jishi/contracts/market/accounts';
import { useEffect, useSyncExternalStore } from 'react';
import { readMe, signOut } from './session.ts';

/** Who is signed in, as far as this page knows: one answer for the bar and the page below it. */
export type Known =
  | { readonly state: 'asking' }
  | { readonly state: 'nobody' }
  | { readonly state: 'person'; readonly me: Me }
  | { readonly state: 'trouble'; readonly requestId: string | null };

/**
 * The session's own cookie cannot be read by scripts. This one says only that somebody signed in
 * with this browser, so that who never did is not asked about, which would be a 401 on each page.
 * It opens nothing: the market judges by the session.
 */
const MARK = 'jishi.signed-in';
/** No shorter than a session of the market can last; a mark that outlives it costs one question. */
const MARK_SECONDS = 7 * 24 * 3600;

const isMarked = (): boolean =>
  document.cookie.split('; ').some((cookie) => cookie.startsWith(`${MARK}=`));

const mark = (seconds: number): void => {
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser.
  document.cookie = `${MARK}=1; Path=/; SameSite=Strict; Max-Age=${seconds}${secure}`;
};

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

const ask = async (): Promise<void> => {
  const answer = await askMarket();
  if (answer.state === 'nobody') mark(0);
  learn(answer);
};

/** After a sign-in that was answered with success. */
export const signedIn = async (): Promise<void> => {
  mark(MARK_SECONDS);
  await ask();
};

/** Ends the session. Nothing changes when the market does not answer: the session still lives. */
export const leave = async (): Promise<void> => {
  const answer = await signOut();
  if (!answer.ok) return;
  mark(0);
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
    if (!isMarked()) return learn({ state: 'nobody' });
    learn(ASKING);
    ask().catch(() => learn({ state: 'nobody' }));
  }, []);
  return now ?? ASKING;
};
