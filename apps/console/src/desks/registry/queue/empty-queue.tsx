import { Empty } from '../../../kit/states.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { registryWords } from '../words.ts';
import { queueAddress, type Shown } from './queue-filter.ts';

/** Nothing waits: an empty queue and a filter that finds nothing are said differently. */
export const EmptyQueue = ({ shown }: { shown: Shown }) => {
  const { w } = useAreaWords(registryWords);
  if (shown === 'to-confirm') return <Empty>{w.secondEmpty}</Empty>;
  if (shown === 'all') return <Empty>{w.queueEmpty}</Empty>;
  return (
    <Empty action={<Link to={queueAddress('all')}>{w.queueShowAll}</Link>}>
      {w[`empty.${shown}`]}
    </Empty>
  );
};
