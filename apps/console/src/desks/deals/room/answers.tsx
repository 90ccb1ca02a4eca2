import { newId } from '@jishi/contracts/ids';
import { type NegotiationView, RejectionCode } from '@jishi/contracts/market/negotiation';
import { acceptOffer, rejectOffer, withdrawNegotiation } from '@jishi/contracts/market/trade';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { BusyButton, Confirm, Dialog } from '../../../kit/dialog.tsx';
import { ChoiceField, TextField } from '../../../kit/fields.tsx';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useIntention } from '../intention.ts';
import { dealsWords } from '../words.ts';

type RoomProps = { readonly room: NegotiationView };

export const AcceptButton = ({ room }: RoomProps): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [commandId, next] = useIntention(newId);
  const act = useAct(acceptOffer, () => {
    next();
    setOpen(false);
    say(w.acceptSaid);
  });
  const trouble = useTrouble(act);
  const { openOffer } = room;
  if (openOffer === null) return null;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.accept}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.acceptTitle}
        act={w.accept}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { negotiationId: room.negotiationId },
            body: { commandId, version: room.version, offerId: openOffer.offerId },
          })
        }
      >
        <p>{fill(w.acceptBody, { value: exactYuan(BigInt(openOffer.terms.contractValueFen)) })}</p>
      </Confirm>
    </>
  );
};

interface ReasonValues {
  codes: string[];
  note: string;
  final: string[];
}

const reasonsOf = ({ codes, note }: ReasonValues) => {
  const chosen = RejectionCode.options.filter((code) => codes.includes(code));
  const known = chosen.length > 0 ? chosen : (['other'] as const);
  return known.map((code, i) => ({ code, note: i === 0 ? note.trim() : '' }));
};

/** Rejects the open offer, or leaves: the reason is coded, so that others learn from it. */
const ReasonDialog = (props: {
  open: boolean;
  onClose: () => void;
  title: string;
  act: string;
  withFinal: boolean;
  busy: boolean;
  trouble: ReturnType<typeof useTrouble>;
  onAct: (reasons: ReturnType<typeof reasonsOf>, final: boolean) => void;
}): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { control, handleSubmit } = useForm<ReasonValues>({
    defaultValues: { codes: [], note: '', final: [] },
  });
  const send = handleSubmit((values) =>
    props.onAct(reasonsOf(values), !props.withFinal || values.final.includes('final')),
  );
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <form onSubmit={(event) => void send(event)}>
        <div className="dialog-body">
          <ChoiceField
            control={control}
            name="codes"
            label={w.reason}
            many
            options={RejectionCode.options.map((code) => ({
              value: code,
              label: w[`reason.${code}`],
            }))}
          />
          <TextField control={control} name="note" label={w.note} lines={2} optional />
          {props.withFinal ? (
            <ChoiceField
              control={control}
              name="final"
              label={w.state}
              many
              options={[{ value: 'final', label: w.rejectFinal }]}
            />
          ) : null}
        </div>
        {props.trouble ? <TroubleNotice trouble={props.trouble} /> : null}
        <div className="dialog-actions">
          <BusyButton busy={props.busy} submits>
            {props.act}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
};

export const RejectButton = ({ room }: RoomProps): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [commandId, next] = useIntention(newId);
  const act = useAct(rejectOffer, () => {
    next();
    setOpen(false);
    say(w.rejectSaid);
  });
  const trouble = useTrouble(act);
  const { openOffer } = room;
  if (openOffer === null) return null;
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOpen(true)}>
        {w.reject}
      </button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        title={w.rejectTitle}
        act={w.reject}
        withFinal
        busy={act.isPending}
        trouble={trouble}
        onAct={(reasons, final) =>
          act.mutate({
            params: { negotiationId: room.negotiationId },
            body: {
              ...{ commandId, version: room.version, offerId: openOffer.offerId },
              ...{ final, reasons },
            },
          })
        }
      />
    </>
  );
};

export const WithdrawButton = ({ room }: RoomProps): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [commandId, next] = useIntention(newId);
  const act = useAct(withdrawNegotiation, () => {
    next();
    setOpen(false);
    say(w.withdrawSaid);
  });
  const trouble = useTrouble(act);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {w.withdraw}
      </button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        title={w.withdrawTitle}
        act={w.withdraw}
        withFinal={false}
        busy={act.isPending}
        trouble={trouble}
        onAct={(reasons) =>
          act.mutate({
            params: { negotiationId: room.negotiationId },
            body: { commandId, version: room.version, reasons },
          })
        }
      />
    </>
  );
};
