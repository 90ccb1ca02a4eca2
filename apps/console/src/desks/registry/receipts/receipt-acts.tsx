import { verifyReceipt } from '@jishi/contracts/ledger/endpoints';
import type { DeskReceipt } from '@jishi/contracts/ledger/registry-lists';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { bookWords } from '../words.ts';
import { wrote } from '../written.ts';

/** One press verifies; a verified one may be proposed for reversal. */
export const ReceiptActs = (props: { row: DeskReceipt; onReverse: () => void }) => {
  const { w } = useAreaWords(bookWords);
  const say = useSay();
  const known = useWho();
  const [commandId] = useState(() => uuidv7());
  const { row, onReverse } = props;
  const verify = useAct(verifyReceipt, ({ seq }) => {
    wrote(seq);
    say(fill(w.verified, { amount: exactYuan(BigInt(row.amountFen)), title: row.title }));
  });
  const trouble = useTrouble(verify);
  const isDesk =
    known.state === 'person' &&
    known.me.roles.some((role) => role === 'registrar' || role === 'senior-registrar');
  if (row.pendingReversal) {
    return <Link to={`/registry/changes/${row.contractId}`}>{w.reversalPending}</Link>;
  }
  if (!isDesk) return <Tag tone="plain">{w[`receipt.${row.status}`]}</Tag>;
  const { contractId, receiptId } = row;
  return (
    <span className="receipt-acts">
      {row.status === 'confirmed' && row.mayVerify ? (
        <BusyButton
          look="outlined"
          busy={verify.isPending}
          onClick={() => verify.mutate({ params: { contractId, receiptId }, body: { commandId } })}
        >
          {w.verify}
        </BusyButton>
      ) : null}
      {row.status === 'confirmed' && !row.mayVerify ? (
        <span className="hint">{w.verifyAnother}</span>
      ) : null}
      {row.status === 'recorded' ? <span className="hint">{w.waitsForBuyer}</span> : null}
      {row.status === 'verified' ? (
        <button type="button" className="quiet" onClick={onReverse}>
          {w.proposeReversal}
        </button>
      ) : null}
      {row.status === 'reversed' ? <Tag tone="bad">{w['receipt.reversed']}</Tag> : null}
      {trouble ? (
        <span role="alert" className="field-error">
          {trouble.title ?? w.notDone}
        </span>
      ) : null}
    </span>
  );
};
