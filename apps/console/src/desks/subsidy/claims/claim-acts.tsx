import type { ClawbackView } from '@jishi/contracts/subsidy/clawback';
import {
  approveClawback,
  demandClawback,
  returnClawback,
} from '@jishi/contracts/subsidy/endpoints';
import { useState } from 'react';
import { useTrouble } from '../../../api/queries.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useCommandId } from '../command-id.ts';
import { useDeskAct } from '../desk-act.ts';
import { yuanOf } from '../figures.ts';
import { useMe } from '../me.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { subsidyWords } from '../words.ts';
import { PendingActs } from './pending-repayment.tsx';
import { Repay } from './repay.tsx';

const Demand = ({ view }: { view: ClawbackView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(demandClawback, () => {
    setOpen(false);
    renew();
    say(w.demandedSaid);
  });
  const trouble = useTrouble(act);
  const { clawbackId, version } = view;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.demand}
      </button>
      <ReasonDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={fill(w.demandTitle, { amount: yuanOf(view.amountFen) })}
        act={w.demand}
        busy={act.isPending}
        trouble={trouble}
        onAct={(reason) =>
          act.mutate({ params: { clawbackId }, body: { commandId, version, reason } })
        }
      >
        <p>{w.demandText}</p>
      </ReasonDialog>
    </>
  );
};

const Approve = ({ view, hash }: { view: ClawbackView; hash: string }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(approveClawback, () => {
    setOpen(false);
    renew();
    say(w.approvedClaimSaid);
  });
  const trouble = useTrouble(act);
  const { clawbackId, version } = view;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.approveClaim}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={fill(w.approveClaimTitle, { amount: yuanOf(view.amountFen) })}
        act={w.approveClaim}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({ params: { clawbackId }, body: { commandId, version, contentHash: hash } })
        }
      >
        <p>{view.demandReason}</p>
        <p>{fill(w.approveText, { hash: hash.slice(0, 12) })}</p>
      </Confirm>
    </>
  );
};

const SendBack = ({ view }: { view: ClawbackView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(returnClawback, () => {
    setOpen(false);
    renew();
    say(w.returnedClaimSaid);
  });
  const trouble = useTrouble(act);
  const { clawbackId, version } = view;
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOpen(true)}>
        {w.return}
      </button>
      <ReasonDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.returnClaimTitle}
        act={w.return}
        busy={act.isPending}
        trouble={trouble}
        onAct={(reason) =>
          act.mutate({ params: { clawbackId }, body: { commandId, version, reason } })
        }
      />
    </>
  );
};

/** What this person may do with the claim now. */
export const ClaimActs = ({ view }: { view: ClawbackView }) => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  if (view.status === 'approved' && me.is('finance-officer')) {
    const pending = view.pendingRepayment;
    return pending ? <PendingActs view={view} pending={pending} /> : <Repay view={view} />;
  }
  if (!me.is('subsidy-officer')) return null;
  if (view.status === 'opened') return <Demand view={view} />;
  if (view.status !== 'demanded' || view.contentHash === null) return null;
  if (view.demandedByMe) return <span className="waits">{w.claimWaits}</span>;
  return (
    <>
      <SendBack view={view} />
      <Approve view={view} hash={view.contentHash} />
    </>
  );
};
