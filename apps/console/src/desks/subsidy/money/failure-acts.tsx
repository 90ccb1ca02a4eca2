import { settleFailedLines } from '@jishi/contracts/subsidy/endpoints';
import type { BatchView } from '@jishi/contracts/subsidy/payment';
import { useState } from 'react';
import { useTrouble } from '../../../api/queries.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useCommandId } from '../command-id.ts';
import { useDeskAct } from '../desk-act.ts';
import { subsidyWords } from '../words.ts';

/** Whether a line of the batch says «failed» and nobody has settled it. */
export const hasFailures = (view: BatchView): boolean =>
  view.instructions.some((line) => line.failure !== null);

const Settle = (props: { view: BatchView; outcome: 'confirmed' | 'rejected'; count: number }) => {
  const { w } = useAreaWords(subsidyWords);
  const { view, outcome, count } = props;
  const isConfirm = outcome === 'confirmed';
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(settleFailedLines, () => {
    setOpen(false);
    renew();
    say(isConfirm ? w.failureConfirmedSaid : w.failureRejectedSaid);
  });
  const trouble = useTrouble(act);
  const { batchId, version } = view;
  const name = isConfirm ? w.confirmFailure : w.rejectFailure;
  return (
    <>
      <button
        type="button"
        className={isConfirm ? 'primary' : 'outlined'}
        onClick={() => setOpen(true)}
      >
        {name}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={isConfirm ? fill(w.confirmFailureTitle, { n: count }) : w.rejectFailure}
        act={name}
        busy={act.isPending}
        trouble={trouble}
        onAct={() => act.mutate({ params: { batchId }, body: { commandId, version, outcome } })}
      >
        <p>{isConfirm ? w.confirmFailureText : w.rejectFailureText}</p>
      </Confirm>
    </>
  );
};

/** A payment counts as failed when somebody else than who entered it says so too. */
export const FailureActs = ({ view }: { view: BatchView }) => {
  const { w } = useAreaWords(subsidyWords);
  if (!hasFailures(view)) return null;
  const count = view.instructions.filter((line) => line.failure?.enteredByMe === false).length;
  if (count === 0) return <span className="waits">{w.failureWaits}</span>;
  return (
    <>
      <Settle view={view} outcome="rejected" count={count} />
      <Settle view={view} outcome="confirmed" count={count} />
    </>
  );
};
