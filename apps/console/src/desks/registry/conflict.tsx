import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Trouble } from '../../api/trouble.ts';
import { TroubleNotice } from '../../kit/states.tsx';
import { useAreaWords } from '../../words/area.ts';
import { registryWords } from './words.ts';

/** Refusals that mean that somebody else was faster. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  'version-conflict',
  'registration-state',
  'change-state',
  'receipt-state',
  'change-pending',
]);

const isOvertaken = (trouble: Trouble | null): boolean =>
  trouble !== null && OVERTAKEN.has(trouble.type);

/** When somebody was faster, the page reads again what they did; what was typed stays. */
export const useRereadWhenOvertaken = (trouble: Trouble | null): void => {
  const cache = useQueryClient();
  const overtaken = isOvertaken(trouble);
  useEffect(() => {
    if (overtaken) void cache.invalidateQueries({ queryKey: ['ledger'] });
  }, [overtaken, cache]);
};

/** A refusal of an act of the desk, with what to do when somebody was faster. */
export const ActTrouble = ({ trouble }: { trouble: Trouble | null }) => {
  const { w } = useAreaWords(registryWords);
  useRereadWhenOvertaken(trouble);
  if (!trouble) return null;
  return (
    <>
      <TroubleNotice trouble={trouble} />
      {isOvertaken(trouble) ? <p className="stale-line">{w.overtaken}</p> : null}
    </>
  );
};
