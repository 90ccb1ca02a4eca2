import { useCallback, useState } from 'react';
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
  const run = useCallback<Steps['run']>(
    async (check) => {
      setSteps([]);
      setDone(false);
      setTrouble(null);
      setBusy(true);
      try {
        await check((step) => setSteps((known) => [...known, step]));
        setDone(true);
      } catch (error) {
        setTrouble(troubleOf(error, language));
      } finally {
        setBusy(false);
      }
    },
    [language],
  );
  return { steps, busy, isDone, trouble, run };
};
