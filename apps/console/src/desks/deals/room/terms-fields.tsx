import type { ContractType } from '@jishi/contracts/codes';
import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import { type ReactNode, useState } from 'react';
import { type Control, type UseFormReturn, useFieldArray, useWatch } from 'react-hook-form';
import { MoneyField, SelectField, TextField, TickField } from '../../../kit/fields.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { typeName } from '../names.ts';
import { type DealsWords, dealsWords } from '../words.ts';
import { BrokerField } from './broker-field.tsx';
import { hasRoyalty, type TermsValues } from './terms-values.ts';

type Form = UseFormReturn<TermsValues>;
const METHODS = [
  'lump-sum',
  'lump-sum-in-instalments',
  'royalty',
  'entry-fee-and-royalty',
] as const;
const EXCLUSIVITIES = ['exclusive', 'sole', 'ordinary'] as const;

export const TypeFields = ({ form }: { form: Form }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const { control } = form;
  const type = useWatch({ control, name: 'contractType' });
  const subTypes = CONTRACT_TYPES.find((t) => t.code === type)?.subTypes ?? [];
  return (
    <>
      <SelectField
        control={control}
        name="contractType"
        label={w.contractType}
        none={null}
        options={CONTRACT_TYPES.map(({ code }) => ({
          value: code,
          label: typeName(code as ContractType, language),
        }))}
      />
      <SelectField
        control={control}
        name="contractSubType"
        label={w.contractSubType}
        options={subTypes.map((sub) => ({ value: sub.code, label: sub[language] }))}
      />
    </>
  );
};

export const PaymentFields = ({ control }: { control: Control<TermsValues> }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const method = useWatch({ control, name: 'paymentMethod' });
  return (
    <>
      <SelectField
        control={control}
        name="paymentMethod"
        label={w.paymentMethod}
        none={null}
        options={METHODS.map((value) => ({ value, label: w[`method.${value}`] }))}
      />
      <TextField control={control} name="paymentText" label={w.paymentText} lines={3} />
      {hasRoyalty(method) ? (
        <>
          <TextField control={control} name="royaltyRate" label={w.royaltyRate} kind="number" />
          <SelectField
            control={control}
            name="royaltyBase"
            label={w.royaltyBase}
            none={null}
            options={(['net-sales', 'profit'] as const).map((value) => ({
              value,
              label: w[`base.${value}`],
            }))}
          />
          <MoneyField control={control} name="entryFeeFen" label={w.entryFee} />
          <MoneyField control={control} name="royaltyCapFen" label={w.royaltyCapField} optional />
        </>
      ) : null}
    </>
  );
};

export const LicenceFields = ({ control }: { control: Control<TermsValues> }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  return (
    <>
      <SelectField
        control={control}
        name="exclusivity"
        label={w.exclusivity}
        none={null}
        options={EXCLUSIVITIES.map((value) => ({ value, label: w[`exclusivity.${value}`] }))}
      />
      <TextField control={control} name="territory" label={w.territory} />
      <TextField
        control={control}
        name="licenceUntil"
        label={w.licenceUntilField}
        kind="date"
        optional
        hint={w.licenceUntilHint}
      />
    </>
  );
};

export const DeferredFields = ({ control }: { control: Control<TermsValues> }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const deferred = useWatch({ control, name: 'deferred' });
  return (
    <>
      <TickField control={control} name="deferred" label={w.addDeferred} />
      {deferred ? (
        <>
          <TextField control={control} name="deferredUntil" label={w.deferredUntil} kind="date" />
          <TextField control={control} name="deferredJudged" label={w.deferredJudged} lines={2} />
        </>
      ) : null}
    </>
  );
};

export const MilestoneFields = ({ control }: { control: Control<TermsValues> }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { fields, append, remove } = useFieldArray({ control, name: 'milestones' });
  return (
    <fieldset className="field milestones">
      <legend>{w.milestones}</legend>
      {fields.map((field, i) => (
        <div key={field.id} className="milestone">
          <TextField control={control} name={`milestones.${i}.name`} label={w.milestoneName} />
          <TextField
            control={control}
            name={`milestones.${i}.dueOn`}
            label={w.milestoneDue}
            kind="date"
          />
          <MoneyField
            control={control}
            name={`milestones.${i}.amountFen`}
            label={w.milestonePays}
            optional
          />
          <button type="button" className="quiet" onClick={() => remove(i)}>
            {fill(w.removeMilestone, { n: i + 1 })}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="outlined"
        onClick={() => append({ name: '', dueOn: '', amountFen: '' })}
      >
        {w.addMilestone}
      </button>
    </fieldset>
  );
};

/** The broker by name; the form holds its id. */
export const BrokerPart = (props: {
  form: Form;
  names: ReadonlyMap<string, string>;
}): ReactNode => {
  const { form, names } = props;
  const chosen = useWatch({ control: form.control, name: 'brokerPartyId' });
  const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map());
  return (
    <BrokerField
      value={chosen}
      name={found.get(chosen) ?? names.get(chosen) ?? null}
      error={form.formState.errors.brokerPartyId?.message}
      onChoose={(partyId, name) => {
        setFound(new Map([[partyId, name]]));
        form.setValue('brokerPartyId', partyId);
      }}
    />
  );
};

const LABELS: Readonly<Record<string, keyof DealsWords>> = {
  contractType: 'contractType',
  contractSubType: 'contractSubType',
  contractValueFen: 'contractValueField',
  technologyValueFen: 'technologyValueField',
  paymentMethod: 'paymentMethod',
  paymentText: 'paymentText',
  exclusivity: 'exclusivity',
  territory: 'territory',
  licenceUntil: 'licenceUntilField',
  deliverables: 'deliverables',
  from: 'performanceFrom',
  to: 'performanceTo',
  royaltyRate: 'royaltyRate',
  entryFeeFen: 'entryFee',
  royaltyCapFen: 'royaltyCapField',
  deferredUntil: 'deferredUntil',
  deferredJudged: 'deferredJudged',
  brokerPartyId: 'brokerSearch',
  milestones: 'milestones',
  expiresOn: 'expiresOn',
  note: 'note',
};

/** What a control is called, for the list of what was refused. */
export const labelOfField = (name: string, w: DealsWords): string => {
  const key = LABELS[name] ?? LABELS[name.split('.')[0] ?? ''];
  return key ? w[key] : name;
};
