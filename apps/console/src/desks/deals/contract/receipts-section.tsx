import { newId } from '@jishi/contracts/ids';
import { confirmReceipt, recordReceipt } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { ContractView } from '@jishi/contracts/market/contract';
import { addContractFile } from '@jishi/contracts/market/files';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { dayOf } from '../../../format/moment.ts';
import { BusyButton, Confirm } from '../../../kit/dialog.tsx';
import { MoneyField, TextField } from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { Amount, Day, Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useIntention } from '../intention.ts';
import { dealsWords } from '../words.ts';
import { ACCEPTED } from './files-section.tsx';
import { verifiedFen } from './stage.ts';

type Receipt = RegistrationView['receipts'][number];

const TONES: Readonly<Record<Receipt['status'], Tone>> = {
  recorded: 'warn',
  confirmed: 'info',
  verified: 'ok',
  reversed: 'bad',
};

interface ReceiptValues {
  amountFen: string;
  receivedOn: string;
  bankReference: string;
}
const NAMES = ['amountFen', 'receivedOn', 'bankReference'] as const;
const fieldOf = (field: string) => NAMES.find((name) => name === field) ?? null;

/** The slip is kept first; its hash then goes into the ledger with the amount. */
const RecordForm = (props: { contract: ContractView }): ReactNode => {
  const { contractId } = props.contract;
  const { w, language } = useAreaWords(dealsWords);
  const say = useSay();
  const fileId = useId();
  const [slip, setSlip] = useState<File | null>(null);
  const [noSlip, setNoSlip] = useState(false);
  const [ids, setIds] = useState(() => ({ commandId: newId(), receiptId: newId() }));
  const form = useForm<ReceiptValues>({
    defaultValues: { amountFen: '', receivedOn: dayOf(Date.now()), bankReference: '' },
  });
  const { control } = form;
  const keep = useAct(addContractFile);
  const record = useAct(recordReceipt, () => {
    setIds({ commandId: newId(), receiptId: newId() });
    setSlip(null);
    form.reset();
    say(w.recordReceiptSaid);
  });
  const keepTrouble = useTrouble(keep);
  const trouble = useTrouble(record);
  useEffect(() => {
    if (trouble) showAtFields(form, trouble, language, fieldOf);
  }, [trouble, form, language]);
  const send = form.handleSubmit(async (values) => {
    setNoSlip(slip === null);
    if (slip === null) return;
    const kept = await keep
      .mutateAsync({
        params: { contractId },
        query: { fileId: newId(), kind: 'receipt-evidence', name: slip.name },
        bytes: slip,
      })
      .catch(() => null);
    if (!kept) return;
    record.mutate({
      params: { contractId },
      body: { ...ids, ...values, evidenceHash: kept.sha256 },
    });
  });
  const labels = {
    amountFen: w.receiptAmount,
    receivedOn: w.receiptOn,
    bankReference: w.bankReference,
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="form-grid">
      <FormProblems
        trouble={trouble}
        fieldOf={(field) => {
          const name = fieldOf(field);
          return name && { label: labels[name], name };
        }}
      />
      {keepTrouble ? <TroubleNotice trouble={keepTrouble} /> : null}
      <MoneyField control={control} name="amountFen" label={w.receiptAmount} />
      <TextField control={control} name="receivedOn" label={w.receiptOn} kind="date" />
      <TextField control={control} name="bankReference" label={w.bankReference} />
      <div className="field">
        <label htmlFor={fileId}>{w.evidenceFile}</label>
        <input
          id={fileId}
          // Emptied after success by a new element: a file input takes no value.
          key={ids.receiptId}
          type="file"
          accept={ACCEPTED}
          aria-describedby={`${fileId}-hint`}
          aria-invalid={noSlip ? true : undefined}
          onChange={(event) => setSlip(event.target.files?.[0] ?? null)}
        />
        <p id={`${fileId}-hint`} className="hint">
          {w.evidenceHint}
        </p>
        {noSlip && slip === null ? <p className="field-error">{w.evidenceMissing}</p> : null}
      </div>
      <div className="form-actions">
        <BusyButton busy={keep.isPending || record.isPending} submits>
          {w.recordReceipt}
        </BusyButton>
      </div>
    </form>
  );
};

const ConfirmButton = (props: { contractId: string; receipt: Receipt }): ReactNode => {
  const { contractId, receipt } = props;
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [commandId, next] = useIntention(newId);
  const act = useAct(confirmReceipt, () => {
    next();
    setOpen(false);
    say(w.confirmReceiptSaid);
  });
  const trouble = useTrouble(act);
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.confirmReceipt}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.confirmReceipt}
        act={w.confirmReceipt}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { contractId, receiptId: receipt.receiptId },
            body: { commandId },
          })
        }
      >
        <p>
          {fill(w.confirmReceiptBody, {
            amount: exactYuan(BigInt(receipt.amountFen)),
            day: receipt.receivedOn,
            reference: receipt.bankReference,
          })}
        </p>
      </Confirm>
    </>
  );
};

/** 到账: the seller records with the slip, the buyer confirms, a registrar verifies. */
export const ReceiptsSection = (props: {
  contract: ContractView;
  registration: RegistrationView;
}): ReactNode => {
  const { contract, registration } = props;
  const { w } = useAreaWords(dealsWords);
  const verified = verifiedFen(registration);
  const left = BigInt(contract.terms.technologyValueFen) - verified;
  const firstOpen = registration.receipts.find((receipt) => receipt.status === 'recorded');
  return (
    <Section title={w.receipts} id="receipts">
      <p className="hint">{w.receiptsNote}</p>
      <Facts
        items={[
          [w.receiptTotal, <Amount key="v" fen={verified} exact />],
          [w.receiptLeft, <Amount key="l" fen={left < 0n ? 0n : left} exact />],
        ]}
      />
      {registration.receipts.length === 0 ? <p className="hint">{w.noReceipts}</p> : null}
      <ul className="file-list">
        {registration.receipts.map((receipt) => (
          <li key={receipt.receiptId} className="file-row">
            <div>
              <Amount fen={receipt.amountFen} exact />{' '}
              <Tag tone={TONES[receipt.status]}>{w[`receipt.${receipt.status}`]}</Tag>
              <p className="hint">
                <Day day={receipt.receivedOn} /> · {receipt.bankReference} · {w.evidence}{' '}
                <Hash hex={receipt.evidenceHash} />
              </p>
            </div>
            {contract.you === 'buyer' && receipt === firstOpen ? (
              <ConfirmButton contractId={contract.contractId} receipt={receipt} />
            ) : null}
          </li>
        ))}
      </ul>
      {contract.you === 'seller' && registration.status === 'registered' && left > 0n ? (
        <RecordForm contract={contract} />
      ) : null}
    </Section>
  );
};
