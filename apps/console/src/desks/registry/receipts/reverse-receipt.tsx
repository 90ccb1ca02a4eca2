import { proposeReceiptReversal } from '@jishi/contracts/ledger/registry-endpoints';
import type { DeskReceipt } from '@jishi/contracts/ledger/registry-lists';
import { useMemo } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Amount } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { ReasonForm } from '../review/reason-form.tsx';
import type { GivenReason } from '../review/reason-picker.tsx';
import { useReasons } from '../use-rules.ts';
import { bookWords } from '../words.ts';
import { wrote } from '../written.ts';

const Form = (props: { receipt: DeskReceipt; onClose: () => void }) => {
  const { w } = useAreaWords(bookWords);
  const say = useSay();
  const { receipt, onClose } = props;
  const { contractId, receiptId, contractVersion: version } = receipt;
  const ids = useMemo(() => ({ version, commandId: uuidv7(), changeId: uuidv7() }), [version]);
  const reasons = useReasons('reverse-receipt');
  const act = useAct(proposeReceiptReversal, ({ seq }) => {
    wrote(seq);
    say(fill(w.proposed, { kind: w['kind.reverse-receipt'] }));
    onClose();
  });
  const trouble = useTrouble(act);
  const give = (given: readonly GivenReason[]): void => {
    const { commandId, changeId } = ids;
    const body = { commandId, changeId, version, reasons: [...given] };
    act.mutate({ params: { contractId, receiptId }, body });
  };
  return (
    <ReasonForm
      hint={w.reverseHint}
      act={w.proposeReversal}
      busy={act.isPending}
      {...{ reasons, trouble }}
      onGive={give}
      onCancel={onClose}
    >
      <p>
        {receipt.title} · <Amount fen={receipt.amountFen} exact />
      </p>
      <p>{w.followsReceipt}</p>
    </ReasonForm>
  );
};

/** Money went back, or never came: proposed here, confirmed by a senior registrar. */
export const ReverseReceipt = (props: { receipt: DeskReceipt | null; onClose: () => void }) => {
  const { w } = useAreaWords(bookWords);
  const { receipt, onClose } = props;
  return (
    <Dialog
      open={receipt !== null}
      onClose={onClose}
      title={fill(w.proposeTitle, { kind: w['kind.reverse-receipt'] })}
    >
      {receipt ? <Form receipt={receipt} onClose={onClose} /> : null}
    </Dialog>
  );
};
