import type { AnswerOf, EndpointSpec } from '@jishi/contracts/endpoint';
import { useQueryClient } from '@tanstack/react-query';
import { type Act, useAct } from '../../api/queries.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useSay } from '../../kit/said.tsx';
import { useWords } from '../../words/words.tsx';

/** Refusals that say: somebody was faster, what is shown is no longer so. */
const OVERTAKEN = [
  'version-conflict',
  'content-changed',
  'case-state',
  'batch-state',
  'clawback-state',
];

/** An act on a record; when somebody was faster, that is said and the record is read again. */
export const useDeskAct = <E extends EndpointSpec>(
  spec: E,
  onDone?: (answer: AnswerOf<E>) => void,
): Act<E> => {
  const { language } = useWords();
  const say = useSay();
  const cache = useQueryClient();
  return useAct(spec, onDone, (error) => {
    const trouble = troubleOf(error, language);
    if (!OVERTAKEN.includes(trouble.type)) return;
    say(trouble.title ?? trouble.type);
    void cache.invalidateQueries({ queryKey: [spec.service] });
  });
};
