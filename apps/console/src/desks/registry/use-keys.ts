import { useEffect, useRef } from 'react';

const TYPED_INTO = 'input, textarea, select, [contenteditable="true"]';

/** Letters that are typed into something, or belong to an input method, are no commands. */
const isTyping = (event: KeyboardEvent): boolean =>
  event.isComposing || (event.target instanceof Element && event.target.matches(TYPED_INTO));

/**
 * Single letters of a queue, as shown on its buttons. Off in fields, while an input method
 * composes, with a modifier, and while a dialog is open; Escape works from a field, too.
 */
export const useKeys = (keys: Readonly<Record<string, (() => void) | undefined>>): void => {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === 'Escape' ? event.isComposing : isTyping(event)) return;
      const act = current.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
};
