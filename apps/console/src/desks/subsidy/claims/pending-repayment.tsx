import type { ClawbackView, PendingRepayment } from '@jishi/contracts/subsidy/clawback';
import { confirmRepayment, withdrawRepayment } from '@jishi/contracts/subsidy/endpoints';
import { useState } from 'react';
import { useTrouble } from '../../../api/queries.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useCommandId } from '../command-id.ts';
import { useDeskAct } from '../desk-act.ts';
import { yuanOf } from '../figures.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { subsidyWords } from '../words.ts';

interface Pending {
  readonly view: ClawbackView;
  readonly pending: PendingRepayment;
}

const ConfirmIt = ({ view, pending }: Pending) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(confirmRepayment, (answer) => {
    setOpen(false);
    renew();
    say(answer.status === 'closed' ? w.closedSaid : w.confirmedSaid);
  });
  const trouble = useTrouble(act);
  const { clawbackId, version } = view;
  const { repaymentId, bankReference } = pending;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.confirmRepayment}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={fill(w.confirmRepaymentTitle, { amount: yuanOf(pending.amountFen) })}
        act={w.confirmRepayment}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({ params: { clawbackId, repaymentId }, body: { commandId, version } })
        }
      >
        <p>{fill(w.confirmRepaymentText, { reference: bankReference })}</p>
      </Confirm>
    </>
  );
};

const Withdraw = ({ view, pending }: Pending) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(withdrawRepayment, () => {
    setOpen(false);
    renew();
    say(w.withdrawnSaid);
  });
  const trouble = useTrouble(act);
  const { clawbackId, version } = view;
  const { repaymentId } = pending;
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOpen(true)}>
        {w.withdrawRepayment}
      </button>
      <ReasonDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.withdrawRepaymentTitle}
        act={w.withdrawRepayment}
        busy={act.isPending}
        trouble={trouble}
        onAct={(reason) =>
          act.mutate({ params: { clawbackId, repaymentId }, body: { commandId, version, reason } })
        }
      />
    </>
  );
};

/** A repayment that one officer entered: the same officer waits, another confirms it. */
export const PendingActs = ({ view, pending }: Pending) => {
  const { w } = useAreaWords(subsidyWords);
  return (
    <>
      <Withdraw view={view} pending={pending} />
      {pending.enteredByMe ? (
        <span className="waits">{w.repaymentWaits}</span>
      ) : (
        <ConfirmIt view={view} pending={pending} />
      )}
    </>
  );
};
