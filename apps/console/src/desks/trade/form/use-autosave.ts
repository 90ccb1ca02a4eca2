import { newId } from '@jishi/contracts/ids';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Trouble, troubleOf } from '../../../api/trouble.ts';
import { useWords } from '../../../words/words.tsx';

export interface Saved {
  readonly version: number;
  readonly savedAt: string | null;
}

export type SaveState =
  | { readonly kind: 'clean'; readonly at: string | null }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly trouble: Trouble }
  | { readonly kind: 'conflict' };

interface Options<Body> {
  readonly version: number;
  readonly savedAt: string | null;
  /** What the server has now, as it was read; a body equal to it is not sent. */
  readonly known: Body | null;
  readonly send: (
    body: Body & { readonly commandId: string; readonly version: number },
  ) => Promise<Saved>;
  /** The version that the server has, for keeping one's own text over a colleague's. */
  readonly readVersion: () => Promise<number>;
}

interface Pending {
  readonly text: string;
  readonly commandId: string;
}

/**
 * Saves one after another, each with the version that the last one answered. The same content
 * keeps its command id, so that a save whose answer was lost has one effect.
 */
export const useAutosave = <Body extends object>(options: Options<Body>) => {
  const { language } = useWords();
  const [state, setState] = useState<SaveState>({ kind: 'clean', at: options.savedAt });
  const version = useRef(options.version);
  const saved = useRef(options.known === null ? '' : JSON.stringify(options.known));
  const pending = useRef<Pending | null>(null);
  const chain = useRef<Promise<boolean>>(Promise.resolve(true));
  const { send } = options;

  const saveNow = useCallback(
    async (body: Body): Promise<boolean> => {
      const text = JSON.stringify(body);
      if (text === saved.current) return true;
      if (pending.current?.text !== text) pending.current = { text, commandId: newId() };
      setState({ kind: 'saving' });
      try {
        const { commandId } = pending.current;
        const answer = await send({ ...body, commandId, version: version.current });
        version.current = answer.version;
        saved.current = text;
        setState({ kind: 'clean', at: answer.savedAt });
        return true;
      } catch (error) {
        const trouble = troubleOf(error, language);
        const conflict = trouble.type === 'version-conflict';
        setState(conflict ? { kind: 'conflict' } : { kind: 'failed', trouble });
        return false;
      }
    },
    [send, language],
  );

  const save = useCallback(
    (body: Body): Promise<boolean> => {
      chain.current = chain.current.then(() => saveNow(body));
      return chain.current;
    },
    [saveNow],
  );

  /** Sends it in any case, over whatever version is there. */
  const keepMine = async (body: Body): Promise<boolean> => {
    version.current = await options.readVersion();
    pending.current = null;
    saved.current = '';
    return save(body);
  };

  return { state, save, keepMine, version };
};

const TYPING_PAUSE_MS = 1_500;

/** Calls `work` when typing pauses, so that a reload loses nothing that stood still that long. */
export const useWhenTypingPauses = (text: string, work: () => void): void => {
  const latest = useRef(work);
  latest.current = work;
  const first = useRef(text);
  useEffect(() => {
    if (text === first.current) return;
    const timer = window.setTimeout(() => latest.current(), TYPING_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
};
