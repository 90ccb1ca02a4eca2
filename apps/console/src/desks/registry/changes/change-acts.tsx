import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import {
  confirmChange,
  rejectChange,
  withdrawChange,
} from '@jishi/contracts/ledger/registry-endpoints';
import { useMemo, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { Confirm, Dialog } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { go } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useRereadWhenOvertaken } from '../conflict.tsx';
import { ReasonForm } from '../review/reason-form.tsx';
import type { GivenReason } from '../review/reason-picker.tsx';
import { today } from '../today.ts';
import { useReasons } from '../use-rules.ts';
import { bookWords } from '../words.ts';
import { wrote } from '../written.ts';
import { Consequences } from './consequences.tsx';
import type { Duty } from './duties.ts';

type Pending = NonNullable<RegistrationView['pendingChange']>;
interface ChangeProps {
  readonly view: RegistrationView;
  readonly pending: Pending;
}

const useChangeActs = ({ view, pending }: ChangeProps) => {
  const { w } = useAreaWords(bookWords);
  const say = useSay();
  const { version, contractId } = view;
  const ids = useMemo(() => ({ version, confirm: uuidv7(), reject: uuidv7() }), [version]);
  const kind = w[`kind.${pending.kind}`];
  const done = (words: string, to: string) => (answer: { seq: number }) => {
    wrote(answer.seq);
    say(fill(words, { kind, title: view.private.title, seq: answer.seq }));
    go(to);
  };
  const confirm = useAct(confirmChange, done(w.confirmed, `/registry/registered/${contractId}`));
  const reject = useAct(rejectChange, done(w.rejected, '/registry/changes'));
  const withdraw = useAct(withdrawChange, done(w.withdrawn, '/registry/changes'));
  const params = { contractId, changeId: pending.changeId };
  const withReasons = (act: typeof reject | typeof withdraw, given: readonly GivenReason[]) =>
    act.mutate({ params, body: { commandId: ids.reject, version, reasons: [...given] } });
  return {
    confirm: () => confirm.mutate({ params, body: { commandId: ids.confirm, version } }),
    confirming: confirm.isPending,
    confirmTrouble: useTrouble(confirm),
    reject: (given: readonly GivenReason[]) => withReasons(reject, given),
    withdraw: (given: readonly GivenReason[]) => withReasons(withdraw, given),
    ending: reject.isPending || withdraw.isPending,
    endTrouble: useTrouble(reject.error ? reject : withdraw),
  };
};

/** The buttons of a proposal for whoever reads it: confirm and reject, take back, or none. */
export const ChangeActs = (props: ChangeProps & { duty: Duty }) => {
  const { w } = useAreaWords(bookWords);
  const [asked, setAsked] = useState<'confirm' | 'end' | null>(null);
  const { view, pending, duty } = props;
  const acts = useChangeActs(props);
  const reasons = useReasons('reject');
  useRereadWhenOvertaken(acts.confirmTrouble);
  const close = () => setAsked(null);
  const kind = w[`kind.${pending.kind}`];
  const own = duty === 'own';
  const late = pending.expiresOn < today();
  if (duty !== 'own' && duty !== 'confirms') return null;
  const endTitle = fill(own ? w.withdrawAct : w.rejectAct, { kind });
  return (
    <>
      {own || late ? null : (
        <button type="button" className="primary" onClick={() => setAsked('confirm')}>
          {fill(w.confirmAct, { kind })}
        </button>
      )}
      <button type="button" className="outlined" onClick={() => setAsked('end')}>
        {endTitle}
      </button>
      <Confirm
        open={asked === 'confirm'}
        onClose={close}
        title={fill(w.confirmAct, { kind })}
        act={fill(w.confirmAct, { kind })}
        onAct={acts.confirm}
        busy={acts.confirming}
        trouble={acts.confirmTrouble}
      >
        <p>{view.private.title}</p>
        <Consequences of={view} kind={pending.kind} amended={pending.amended} headed />
      </Confirm>
      <Dialog open={asked === 'end'} onClose={close} title={endTitle}>
        <ReasonForm
          hint={own ? w.withdrawHint : w.rejectHint}
          act={endTitle}
          reasons={reasons}
          busy={acts.ending}
          trouble={acts.endTrouble}
          onGive={own ? acts.withdraw : acts.reject}
          onCancel={close}
        />
      </Dialog>
    </>
  );
};
