import type { Queue } from '@jishi/contracts/subsidy/desk';
import { countQueues } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { subsidyWords } from '../words.ts';

const WATCH_MS = 30_000;

/** How many cases stand in each queue; undefined until it is known. */
export const useCounts = (): ReadonlyMap<Queue, number> | undefined => {
  const { data } = useRead(countQueues, {}, { everyMs: WATCH_MS });
  return data && new Map(data.items.map((item) => [item.queue, item.count]));
};

/** The queues as chips with their counts; `first` is the one without a parameter in the address. */
export const QueueChips = (props: { queues: readonly Queue[]; first: Queue | 'all' }) => {
  const { w } = useAreaWords(subsidyWords);
  const counts = useCounts();
  const countOf = (queue: Queue) => {
    const count = counts?.get(queue);
    return count === undefined ? {} : { count };
  };
  const all = props.first === 'all' ? [{ value: null, label: w['queue.all'] }] : [];
  return (
    <Choices
      label={w.queues}
      parameter="queue"
      choices={[
        ...all,
        ...props.queues.map((queue) => ({
          value: queue === props.first ? null : queue,
          label: w[`queue.${queue}`],
          ...countOf(queue),
        })),
      ]}
    />
  );
};
