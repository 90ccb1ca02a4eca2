import type { CaseView } from '@jishi/contracts/subsidy/case';
import { approveCase, decideCase, returnCase } from '@jishi/contracts/subsidy/endpoints';
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

/** The first officer: the answer is computed, the officer submits it. */
const Decide = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(decideCase, () => {
    setOpen(false);
    renew();
    say(w.decidedSaid);
  });
  const trouble = useTrouble(act);
  const { proposal } = view;
  if (!proposal || proposal.outcome === 'incomplete') return null;
  const text =
    proposal.outcome === 'award'
      ? fill(w.decideText, { amount: yuanOf(proposal.awardFen) })
      : w.decideTextNo;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.decide}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.decideTitle}
        act={w.decide}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { caseId: view.caseId },
            body: { commandId, version: view.version },
          })
        }
      >
        <p>{text}</p>
      </Confirm>
    </>
  );
};

const Approve = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(approveCase, () => {
    setOpen(false);
    renew();
    say(w.approvedSaid);
  });
  const trouble = useTrouble(act);
  const { decision } = view;
  if (!decision) return null;
  const { contentHash, content } = decision;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.approve}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.approveTitle}
        act={w.approve}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { caseId: view.caseId },
            body: { commandId, version: view.version, contentHash },
          })
        }
      >
        <p>
          {content.outcome === 'award'
            ? fill(w.decideText, { amount: yuanOf(content.awardFen) })
            : w.decideTextNo}
        </p>
        <p>{fill(w.approveText, { hash: contentHash.slice(0, 12) })}</p>
      </Confirm>
    </>
  );
};

const SendBack = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(returnCase, () => {
    setOpen(false);
    renew();
    say(w.returnedSaid);
  });
  const trouble = useTrouble(act);
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOpen(true)}>
        {w.return}
      </button>
      <ReasonDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.returnTitle}
        act={w.return}
        busy={act.isPending}
        trouble={trouble}
        onAct={(reason) =>
          act.mutate({
            params: { caseId: view.caseId },
            body: { commandId, version: view.version, reason },
          })
        }
      />
    </>
  );
};

/** What this person may do now; the first officer never sees the second one's button. */
export const CaseActs = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  if (!me.is('subsidy-officer')) return null;
  if (view.status === 'open') return <Decide view={view} />;
  if (view.status !== 'decided') return null;
  if (view.decidedByMe) return <span className="waits">{w.waitsForAnother}</span>;
  return (
    <>
      <SendBack view={view} />
      <Approve view={view} />
    </>
  );
};
