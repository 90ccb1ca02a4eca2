import { newId } from '@jishi/contracts/ids';
import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { settledParts, type TermPart } from '@jishi/contracts/market/term-changes';
import { makeOffer } from '@jishi/contracts/market/trade';
import { type ReactNode, useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { MoneyField, TextField } from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { namesOf } from '../intention.ts';
import { partText } from '../names.ts';
import { dealsWords } from '../words.ts';
import {
  BrokerPart,
  DeferredFields,
  LicenceFields,
  labelOfField,
  MilestoneFields,
  PaymentFields,
  TypeFields,
} from './terms-fields.tsx';
import { fieldOfTerms, type TermsValues, termsOf, valuesOf } from './terms-values.ts';

/** The terms from which the reply begins: what is on the table, or was last. */
const startingTerms = ({ openOffer, log }: NegotiationView) =>
  openOffer?.terms ?? log.filter((e) => e.kind === 'offered').at(-1)?.terms ?? null;

/** While somebody writes the other side may have offered again: said, and nothing is lost. */
const NewerOffer = (props: { room: NegotiationView; onTake: () => void }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { openOffer, you } = props.room;
  const [basis, setBasis] = useState(openOffer?.offerId);
  const isNewer = openOffer !== null && openOffer.offerId !== basis && openOffer.by !== you;
  if (!isNewer) return null;
  return (
    <p role="status" className="stale-line">
      {w.newEntries}
      <button
        type="button"
        className="quiet"
        onClick={() => {
          setBasis(openOffer.offerId);
          props.onTake();
        }}
      >
        {w.takeNewTerms}
      </button>
    </p>
  );
};

/** A part that both sides said alike is shown, and opened only on purpose. */
const Part = (props: {
  part: TermPart;
  isSettled: boolean;
  text: string;
  children: ReactNode;
}): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const [opened, setOpened] = useState(false);
  if (!props.isSettled || opened) return props.children;
  return (
    <p className="settled-part">
      <span>
        ✓ {w[`part.${props.part}`]}：{props.text}
      </span>
      <button type="button" className="quiet" onClick={() => setOpened(true)}>
        {w.changeSettled}
        <span className="visually-hidden"> {w[`part.${props.part}`]}</span>
      </button>
    </p>
  );
};

/** The reply: begins with what is on the table and edits what is still open. */
export const OfferForm = (props: {
  room: NegotiationView;
  look: 'primary' | 'outlined';
  label: string;
}): ReactNode => {
  const { room } = props;
  const { w, language } = useAreaWords(dealsWords);
  const say = useSay();
  const terms = startingTerms(room);
  const form = useForm<TermsValues>({ defaultValues: valuesOf(terms) });
  const { control } = form;
  const [ids, setIds] = useState(() => ({ commandId: newId(), offerId: newId() }));
  const act = useAct(makeOffer, () => {
    setIds({ commandId: newId(), offerId: newId() });
    say(w.offerSaid);
  });
  const trouble = useTrouble(act);
  useEffect(() => {
    if (trouble) showAtFields(form, trouble, language, fieldOfTerms);
  }, [trouble, form, language]);
  const send = form.handleSubmit((values) => {
    act.mutate({
      params: { negotiationId: room.negotiationId },
      body: {
        ...ids,
        version: room.version,
        terms: termsOf(values),
        note: values.note,
        expiresOn: values.expiresOn || null,
      },
    });
  });
  const settled = settledParts(room.log);
  const names = namesOf(room);
  const part = (name: TermPart, children: ReactNode): ReactNode => (
    <Part
      part={name}
      isSettled={terms !== null && settled.has(name)}
      text={terms ? partText(terms, name, { language, w, names }) : ''}
    >
      {children}
    </Part>
  );
  const isLicence = form.watch('contractType') === 'licence';
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="reply-form">
      <FormProblems
        trouble={trouble}
        fieldOf={(field) => {
          const name = fieldOfTerms(field);
          return name && { label: labelOfField(name, w), name };
        }}
      />
      <NewerOffer room={room} onTake={() => form.reset(valuesOf(terms))} />
      {part('contractType', <TypeFields form={form} />)}
      {part(
        'contractValueFen',
        <MoneyField control={control} name="contractValueFen" label={w.contractValueField} />,
      )}
      {part(
        'technologyValueFen',
        <MoneyField
          control={control}
          name="technologyValueFen"
          label={w.technologyValueField}
          hint={w.technologyHint}
        />,
      )}
      {part('payment', <PaymentFields control={control} />)}
      {isLicence ? part('licence', <LicenceFields control={control} />) : null}
      {part(
        'deliverables',
        <TextField control={control} name="deliverables" label={w.deliverables} lines={3} />,
      )}
      {part(
        'performance',
        <>
          <TextField control={control} name="from" label={w.performanceFrom} kind="date" />
          <TextField control={control} name="to" label={w.performanceTo} kind="date" />
        </>,
      )}
      {part('milestones', <MilestoneFields control={control} />)}
      {part('deferredPayment', <DeferredFields control={control} />)}
      {part('brokerPartyId', <BrokerPart form={form} names={names} />)}
      <TextField
        control={control}
        name="expiresOn"
        label={w.expiresOn}
        kind="date"
        optional
        hint={w.expiresHint}
      />
      <TextField
        control={control}
        name="note"
        label={w.note}
        lines={2}
        optional
        hint={w.noteHint}
      />
      <div className="form-actions">
        <BusyButton busy={act.isPending} submits look={props.look}>
          {props.label}
        </BusyButton>
      </div>
    </form>
  );
};
