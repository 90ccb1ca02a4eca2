import type { Queue } from '@jishi/contracts/subsidy/desk';
import { listCases } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { OpenClaims } from '../claims/open-claims.tsx';
import '../subsidy.css';
import { subsidyWords } from '../words.ts';
import { CaseTable } from './case-table.tsx';
import { NextPage } from './next-page.tsx';
import { QueueChips, useCounts } from './queue-chips.tsx';

const WATCH_MS = 30_000;
const QUEUES: readonly Queue[] = [
  'to-decide',
  'to-approve',
  'clawback',
  'mine-waiting',
  'incomplete',
  'notice',
];

const TodoList = ({ queue, after }: { queue: Queue; after: string | null }) => {
  const { w } = useAreaWords(subsidyWords);
  const query = useRead(
    listCases,
    { query: { queue, ...(after ? { after } : {}) } },
    { keep: true, everyMs: WATCH_MS },
  );
  return (
    <Load query={query}>
      {(page) =>
        page.items.length === 0 ? (
          <Empty action={<Link to="/subsidy/cases">{w.showAll}</Link>}>{w.noneTodo}</Empty>
        ) : (
          <>
            <CaseTable caption={w[`queue.${queue}`]} rows={page.items} />
            <NextPage next={page.next} />
          </>
        )
      }
    </Load>
  );
};

/** What waits for a subsidy officer, the oldest first. */
export const TodoPage = () => {
  const { w } = useAreaWords(subsidyWords);
  const [chosen] = useParameter('queue');
  const [after] = useParameter('after');
  const counts = useCounts();
  const queue = QUEUES.find((name) => name === chosen) ?? 'to-decide';
  const waiting = (['to-decide', 'to-approve', 'clawback'] as const).reduce(
    (sum, name) => sum + (counts?.get(name) ?? 0),
    0,
  );
  return (
    <>
      <PageHead
        title={w.todo}
        note={counts ? fill(w.todoNote, { n: waiting }) : null}
        ready={counts !== undefined}
      />
      <QueueChips queues={QUEUES} first="to-decide" />
      {queue === 'clawback' ? <OpenClaims /> : <TodoList queue={queue} after={after} />}
    </>
  );
};
