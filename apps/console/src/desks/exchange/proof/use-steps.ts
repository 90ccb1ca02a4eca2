import { useCallback, useRef, useState } from 'react';
import { type Trouble, troubleOf } from '../../../api/trouble.ts';
import { useWords } from '../../../words/words.tsx';
import type { ProofStep, Tell } from './step.ts';

export interface Steps {
  readonly steps: readonly ProofStep[];
  readonly busy: boolean;
  readonly isDone: boolean;
  readonly trouble: Trouble | null;
  readonly run: (check: (tell: Tell) => Promise<void>) => Promise<void>;
}

/** Runs a check and keeps its lines as they come; what the log would not answer is a trouble. */
export const useSteps = (): Steps => {
  const { language } = useWords();
  const [steps, setSteps] = useState<readonly ProofStep[]>([]);
  const [busy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  // Lines of a run that another one has taken over are not told any more.
  const latest = useRef(0);
  const run = useCallback<Steps['run']>(
    async (check) => {
      latest.current += 1;
      const own = latest.current;
      const isOwn = (): boolean => latest.current === own;
      setSteps([]);
      setDone(false);
      setTrouble(null);
      setBusy(true);
      try {
        await check((step) => {
          if (isOwn()) setSteps((known) => [...known, step]);
        });
        if (isOwn()) setDone(true);
      } catch (error) {
        if (isOwn()) setTrouble(troubleOf(error, language));
      } finally {
        if (isOwn()) setBusy(false);
      }
    },
    [language],
  );
  return { steps, busy, isDone, trouble, run };
};
