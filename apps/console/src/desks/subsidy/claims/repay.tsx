import type { ClawbackView } from '@jishi/contracts/subsidy/clawback';
import { enterRepayment } from '@jishi/contracts/subsidy/endpoints';
import { type FormEvent, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { troubleOf } from '../../../api/trouble.ts';
import { dayOf } from '../../../format/moment.ts';
import { BusyButton, Dialog } from '../../../kit/dialog.tsx';
import { MoneyField, TextField } from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useCommandId } from '../command-id.ts';
import { yuanOf } from '../figures.ts';
import { subsidyWords } from '../words.ts';

interface RepayForm {
  readonly amountFen: string;
  readonly receivedOn: string;
  readonly bankReference: string;
}

const FIELDS = ['amountFen', 'receivedOn', 'bankReference'] as const;
const nameOf = (field: string) => FIELDS.find((name) => name === field) ?? null;

/** A repayment by its bank reference, whole or in part; booked when another confirms it. */
const RepayFields = (props: { view: ClawbackView; onDone: () => void }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const { view, onDone } = props;
  const leftFen = BigInt(view.amountFen) - BigInt(view.repaidFen);
  const { commandId, renew } = useCommandId();
  const form = useForm<RepayForm>({
    defaultValues: {
      amountFen: leftFen.toString(),
      receivedOn: dayOf(Date.now()),
      bankReference: '',
    },
  });
  const act = useAct(
    enterRepayment,
    () => {
      renew();
      onDone();
    },
    (error) => showAtFields(form, troubleOf(error, language), language, nameOf),
  );
  const trouble = useTrouble(act);
  const labels = {
    amountFen: w.repayAmount,
    receivedOn: w.repayOn,
    bankReference: w.repayReference,
  };
  const send = form.handleSubmit((values) =>
    act.mutate({
      params: { clawbackId: view.clawbackId },
      body: { commandId, version: view.version, ...values },
    }),
  );
  // Money does not move by Enter alone: only the button sends.
  const hold = (event: FormEvent): void => event.preventDefault();
  return (
    <form onSubmit={hold} noValidate>
      <FormProblems
        trouble={trouble}
        fieldOf={(field) => {
          const name = nameOf(field);
          return name ? { label: labels[name], name } : null;
        }}
      />
      <MoneyField
        control={form.control}
        name="amountFen"
        label={labels.amountFen}
        hint={fill(w.repayHint, { amount: yuanOf(leftFen) })}
      />
      <TextField control={form.control} name="receivedOn" kind="date" label={labels.receivedOn} />
      <TextField
        control={form.control}
        name="bankReference"
        label={labels.bankReference}
        maxLength={64}
      />
      <div className="dialog-actions">
        <BusyButton busy={act.isPending} onClick={() => void send()}>
          {w.repay}
        </BusyButton>
      </div>
    </form>
  );
};

export const Repay = ({ view }: { view: ClawbackView }) => {
  const { w } = useAreaWords(subsidyWords);
  const [isOpen, setOpen] = useState(false);
  const say = useSay();
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.repay}
      </button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={w.repayTitle}>
        <RepayFields
          view={view}
          onDone={() => {
            setOpen(false);
            say(w.repaidSaid);
          }}
        />
      </Dialog>
    </>
  );
};
