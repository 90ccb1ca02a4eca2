import { type FormEvent, useEffect, useRef } from 'react';
import { go } from '../place.tsx';
import { useWho } from '../session/who.ts';
import { useWords } from '../words/words.tsx';

const REGISTRATION_NUMBER = /^\d{16}$/;
const DESK_ROLES = ['registrar', 'senior-registrar', 'auditor'] as const;

/** Where a typed text leads: a registration number opens its record, words search the market. */
export const searchTarget = (typed: string, atDesk: boolean): string => {
  const digits = typed.replace(/\s/g, '');
  if (REGISTRATION_NUMBER.test(digits)) {
    return atDesk ? `/registry/registered?q=${digits}` : `/verify?number=${digits}`;
  }
  return `/results?q=${encodeURIComponent(typed.trim())}`;
};

/** One search for everything, by Ctrl K from anywhere. */
export const SearchBox = () => {
  const { t } = useWords();
  const known = useWho();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    const typed = input.current?.value ?? '';
    const roles = known.state === 'person' ? known.me.roles : [];
    const atDesk = DESK_ROLES.some((role) => roles.includes(role));
    if (typed.trim()) go(searchTarget(typed, atDesk));
  };
  return (
    <search className="frame-search">
      <form onSubmit={open}>
        <label>
          <span className="visually-hidden">{t.searchEverything}</span>
          <input ref={input} type="search" placeholder={t.searchEverything} maxLength={200} />
        </label>
        <kbd>Ctrl K</kbd>
      </form>
    </search>
  );
};
