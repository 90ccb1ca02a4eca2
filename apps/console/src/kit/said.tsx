import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { useWords } from '../words/words.tsx';

interface Said {
  readonly text: string;
  readonly undo: (() => void) | null;
}

const SAID_MS = 8_000;
type Say = (text: string, undo?: () => void) => void;
const SayContext = createContext<Say>(() => undefined);

/** Says at the bottom what just happened, in words («已提交，登记员 15 个工作日内答复»). */
export const useSay = (): Say => useContext(SayContext);

/** One polite live region for the whole page; a new message takes the place of the last. */
export const SaidProvider = (props: { children: ReactNode }) => {
  const { t } = useWords();
  const [said, setSaid] = useState<Said | null>(null);
  const timer = useRef(0);
  const say = useCallback<Say>((text, undo) => {
    window.clearTimeout(timer.current);
    setSaid({ text, undo: undo ?? null });
    timer.current = window.setTimeout(() => setSaid(null), SAID_MS);
  }, []);
  return (
    <SayContext.Provider value={say}>
      {props.children}
      <div role="status" className="said-place">
        {said ? (
          <p className="said">
            {said.text}
            {said.undo ? (
              <button
                type="button"
                className="quiet"
                onClick={() => {
                  said.undo?.();
                  setSaid(null);
                }}
              >
                {t.undo}
              </button>
            ) : null}
            <button type="button" className="quiet" onClick={() => setSaid(null)}>
              {t.gotIt}
            </button>
          </p>
        ) : null}
      </div>
    </SayContext.Provider>
  );
};
