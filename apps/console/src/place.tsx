import { type ReactNode, useSyncExternalStore } from 'react';

/**
 * Where the reader is: the address itself, so that a link sent to a colleague opens the same view.
 * Routes are matched in shell/routes.ts; decision 0011 says why no router package is used.
 */
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

export interface Place {
  readonly path: string;
  readonly search: string;
}

export const usePlace = (): Place => {
  const text = useSyncExternalStore(
    subscribe,
    () => window.location.pathname + window.location.search,
  );
  const cut = text.indexOf('?');
  return cut < 0
    ? { path: text, search: '' }
    : { path: text.slice(0, cut), search: text.slice(cut) };
};

/** The language stays when the page changes. */
const withLanguage = (to: string): string => {
  const language = new URLSearchParams(window.location.search).get('lang');
  if (!language || to.includes('lang=')) return to;
  return `${to}${to.includes('?') ? '&' : '?'}lang=${language}`;
};

export const go = (to: string): void => {
  window.history.pushState(null, '', withLanguage(to));
  window.scrollTo(0, 0);
  tell();
};

/** The same address with one search parameter set, or removed by null. */
export const addressWith = (name: string, value: string | null): string => {
  const parameters = new URLSearchParams(window.location.search);
  if (value === null) parameters.delete(name);
  else parameters.set(name, value);
  const text = parameters.toString();
  return window.location.pathname + (text ? `?${text}` : '');
};

/** One search parameter of the address, and how to set it without a new history entry. */
export const useParameter = (
  name: string,
): readonly [string | null, (value: string | null) => void] => {
  const { search } = usePlace();
  const value = new URLSearchParams(search).get(name);
  return [value, (next) => replaceAddress(addressWith(name, next))];
};

/** Changes the view without a new history entry. */
export const replaceAddress = (to: string): void => {
  window.history.replaceState(null, '', to);
  tell();
};

export const Link = (props: {
  to: string;
  className?: string;
  /** The page the reader is on: said to screen readers. */
  current?: boolean;
  children: ReactNode;
}) => (
  <a
    href={withLanguage(props.to)}
    className={props.className}
    aria-current={props.current ? 'page' : undefined}
    onClick={(event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      go(props.to);
    }}
  >
    {props.children}
  </a>
);
