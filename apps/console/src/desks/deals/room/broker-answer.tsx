import { newId } from '@jishi/contracts/ids';
import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { answerAsBroker } from '@jishi/contracts/market/trade';
import { type ReactNode, useState } from 'react';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Confirm } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { go } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useIntention } from '../intention.ts';
import { dealsWords } from '../words.ts';

/** The broker named in the agreed terms says whether it brought the two sides together. */
export const BrokerAnswer = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [declining, setDeclining] = useState(false);
  const [confirmId, nextConfirm] = useIntention(newId);
  const [declineId] = useIntention(newId);
  const confirm = useAct(answerAsBroker, () => {
    nextConfirm();
    say(w.brokerConfirmSaid);
  });
  const decline = useAct(answerAsBroker, () => {
    say(w.brokerDeclineSaid);
    go('/desk/brokerage');
  });
  const trouble = useTrouble(confirm);
  const declineTrouble = useTrouble(decline);
  const params = { negotiationId: room.negotiationId };
  const { version } = room;
  return (
    <>
      <p>{w.brokerQuestion}</p>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <div className="form-actions">
        <BusyButton
          busy={confirm.isPending}
          onClick={() =>
            confirm.mutate({ params, body: { commandId: confirmId, version, confirm: true } })
          }
        >
          {w.brokerConfirm}
        </BusyButton>
        <button type="button" className="outlined" onClick={() => setDeclining(true)}>
          {w.brokerDecline}
        </button>
      </div>
      <Confirm
        open={declining}
        onClose={() => setDeclining(false)}
        title={w.brokerDecline}
        act={w.brokerDecline}
        busy={decline.isPending}
        trouble={declineTrouble}
        onAct={() =>
          decline.mutate({ params, body: { commandId: declineId, version, confirm: false } })
        }
      >
        <p>{w.brokerDeclineBody}</p>
      </Confirm>
    </>
  );
};
