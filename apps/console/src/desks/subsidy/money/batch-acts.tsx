import { approveBatch, cancelBatch, downloadBatchFile } from '@jishi/contracts/subsidy/endpoints';
import type { BatchView } from '@jishi/contracts/subsidy/payment';
import { useState } from 'react';
import { download } from '../../../api/download.ts';
import { useTrouble } from '../../../api/queries.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { go, Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useCommandId } from '../command-id.ts';
import { useDeskAct } from '../desk-act.ts';
import { yuanOf } from '../figures.ts';
import { useMe } from '../me.ts';
import { subsidyWords } from '../words.ts';
import { FailureActs, hasFailures } from './failure-acts.tsx';

/** The file as the service sealed it, byte for byte. */
const saveBatchFile = (batchId: string): Promise<Blob | null> =>
  download(downloadBatchFile, { params: { batchId } }, `batch-${batchId}.csv`);

const Approve = ({ view }: { view: BatchView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(approveBatch, () => {
    setOpen(false);
    renew();
    say(w.approvedBatchSaid);
  });
  const trouble = useTrouble(act);
  const { batchId, version, fileHash } = view;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.approveBatch}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={fill(w.approveBatchTitle, { amount: yuanOf(view.totalFen) })}
        act={w.approveBatch}
        busy={act.isPending}
        trouble={trouble}
        onAct={() => act.mutate({ params: { batchId }, body: { commandId, version, fileHash } })}
      >
        <p className="hash-line">
          {fill(w.approveBatchText, { n: view.instructions.length, hash: fileHash })}
        </p>
      </Confirm>
    </>
  );
};

const Cancel = ({ view }: { view: BatchView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  const { commandId, renew } = useCommandId();
  const act = useDeskAct(cancelBatch, () => {
    setOpen(false);
    renew();
    say(w.cancelledSaid);
    go('/finance/batches');
  });
  const trouble = useTrouble(act);
  const { batchId, version } = view;
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOpen(true)}>
        {w.cancelBatch}
      </button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        title={w.cancelTitle}
        act={w.cancelBatch}
        busy={act.isPending}
        trouble={trouble}
        onAct={() => act.mutate({ params: { batchId }, body: { commandId, version } })}
      >
        <p>{w.cancelText}</p>
      </Confirm>
    </>
  );
};

const Download = ({ batchId }: { batchId: string }) => {
  const { w } = useAreaWords(subsidyWords);
  const say = useSay();
  const save = async (): Promise<void> => {
    if (!(await saveBatchFile(batchId))) say(w.notDownloaded);
  };
  return (
    <button type="button" className="outlined" onClick={() => void save()}>
      {w.downloadFile}
    </button>
  );
};

/** What this person may do with the batch now: who prepared it never sees the approval. */
export const BatchActs = ({ view }: { view: BatchView }) => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  if (!me.is('finance-officer')) return null;
  if (view.status === 'prepared') {
    return (
      <>
        <Cancel view={view} />
        {view.preparedByMe ? (
          <span className="waits">{w.waitsApproval}</span>
        ) : (
          <Approve view={view} />
        )}
      </>
    );
  }
  if (view.status === 'cancelled') return null;
  return (
    <>
      <Download batchId={view.batchId} />
      <FailureActs view={view} />
      {view.status === 'approved' ? (
        <Link
          to={`/finance/bank?batch=${view.batchId}`}
          className={hasFailures(view) ? 'outlined' : 'primary'}
        >
          {w.enterAnswer}
        </Link>
      ) : null}
    </>
  );
};
