import { FieldCode, IndustryCode } from '@jishi/contracts/codes';
import { newId } from '@jishi/contracts/ids';
import {
  IP_KINDS,
  NATURES,
  PAYMENT_METHODS,
  PLAN_SOURCES,
  SOCIO_ECONOMIC_GOALS,
} from '@jishi/contracts/ledger/registration-form';
import type { ContractView } from '@jishi/contracts/market/contract';
import { FormInput, type FormView, saveForm } from '@jishi/contracts/market/registration-papers';
import { type ReactNode, useEffect } from 'react';
import { type FieldPath, useForm } from 'react-hook-form';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { fieldFullName, industryName } from '../../../format/names.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import {
  ChoiceField,
  MoneyField,
  type Option,
  SelectField,
  TextField,
} from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import type { Language } from '../../../words/words.tsx';
import { fill } from '../../../words/words.tsx';
import { useIntention } from '../intention.ts';
import { type DealsWords, dealsWords } from '../words.ts';

/** The columns as they are typed: '' where nothing is, patent numbers by lines. */
type FormValues = {
  [Key in Exclude<keyof FormInput, 'ipKinds'>]: string;
} & { ipKinds: string[] };

const valuesOf = ({ values }: FormView): FormValues => ({
  fieldCode: values.fieldCode,
  industryCode: values.industryCode,
  ipKinds: values.ipKinds,
  patentNumbers: values.patentNumbers.join('\n'),
  planSource: values.planSource ?? '',
  socioEconomicGoal: values.socioEconomicGoal ?? '',
  sellerNature: values.sellerNature ?? '',
  buyerNature: values.buyerNature ?? '',
  sellerCountry: values.sellerCountry ?? '',
  buyerCountry: values.buyerCountry ?? '',
  newInvestmentFen: values.newInvestmentFen ?? '',
  newOutputFen: values.newOutputFen ?? '',
});

const LINES = /[\n,，;；]/;
const linesOf = (text: string): string[] =>
  text
    .split(LINES)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const inputOf = (values: FormValues): FormInput => {
  const said = Object.entries(values).map(([key, value]) => [key, value === '' ? null : value]);
  return { ...Object.fromEntries(said), patentNumbers: linesOf(values.patentNumbers) } as FormInput;
};

const NAMES = FormInput.keyof().options;
const fieldOf = (field: string): FieldPath<FormValues> | null =>
  NAMES.find((name) => field === `values.${name}` || field.startsWith(`values.${name}.`)) ?? null;

const optionsOf = (
  list: readonly { code: string; zh: string; en: string }[],
  language: Language,
): Option[] => list.map((entry) => ({ value: entry.code, label: entry[language] }));

const Derived = ({ form, w, language }: { form: FormView; w: DealsWords; language: Language }) => (
  <Facts
    items={[
      [
        w['form.paymentMethod'],
        PAYMENT_METHODS.find((m) => m.code === form.paymentMethod)?.[language] ?? '',
      ],
      [
        w['form.validity'],
        fill(w.periodLine, {
          from: form.validFrom ?? w.validityFromSigning,
          to: form.validTo ?? w.validityOpenEnd,
        }),
      ],
    ]}
  />
);

const EditForm = (props: { contract: ContractView; isReturned: boolean }): ReactNode => {
  const { contract, isReturned } = props;
  const { w, language } = useAreaWords(dealsWords);
  const say = useSay();
  const form = useForm<FormValues>({ defaultValues: valuesOf(contract.form) });
  const { control } = form;
  const [commandId, next] = useIntention(newId);
  const act = useAct(saveForm, () => {
    next();
    say(isReturned ? w.formSavedReturned : w.formSaved);
  });
  const trouble = useTrouble(act);
  useEffect(() => {
    if (trouble) showAtFields(form, trouble, language, fieldOf);
  }, [trouble, form, language]);
  const send = form.handleSubmit((values) =>
    act.mutate({
      params: { contractId: contract.contractId },
      body: { commandId, version: contract.form.version, values: inputOf(values) },
    }),
  );
  const select = (name: keyof FormValues, options: Option[]) => (
    <SelectField control={control} name={name} label={w[`form.${name}`]} options={options} />
  );
  const natures = optionsOf(NATURES, language);
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="form-grid">
      <FormProblems
        trouble={trouble}
        fieldOf={(field) => {
          const name = fieldOf(field);
          return name && { label: w[`form.${name as keyof FormValues}`], name };
        }}
      />
      {select(
        'fieldCode',
        FieldCode.options.map((code) => ({ value: code, label: fieldFullName(code, language) })),
      )}
      {select(
        'industryCode',
        IndustryCode.options.map((code) => ({
          value: code,
          label: industryName(code, language),
        })),
      )}
      <ChoiceField
        control={control}
        name="ipKinds"
        label={w['form.ipKinds']}
        many
        options={optionsOf(IP_KINDS, language)}
      />
      <TextField
        control={control}
        name="patentNumbers"
        label={w['form.patentNumbers']}
        lines={2}
        optional
      />
      {select('planSource', optionsOf(PLAN_SOURCES, language))}
      {select('socioEconomicGoal', optionsOf(SOCIO_ECONOMIC_GOALS, language))}
      {select('sellerNature', natures)}
      {select('buyerNature', natures)}
      <TextField
        control={control}
        name="sellerCountry"
        label={w['form.sellerCountry']}
        hint={w.countryHint}
      />
      <TextField
        control={control}
        name="buyerCountry"
        label={w['form.buyerCountry']}
        hint={w.countryHint}
      />
      {contract.terms.contractType === 'transfer' ? (
        <>
          <MoneyField
            control={control}
            name="newInvestmentFen"
            label={w['form.newInvestmentFen']}
          />
          <MoneyField control={control} name="newOutputFen" label={w['form.newOutputFen']} />
        </>
      ) : null}
      <div className="form-actions">
        <BusyButton busy={act.isPending} submits look="outlined">
          {w.saveForm}
        </BusyButton>
      </div>
    </form>
  );
};

const listed = (
  list: readonly { code: string; zh: string; en: string }[],
  codes: readonly (string | null)[],
  language: Language,
): string => {
  const names = codes.map((code) => list.find((entry) => entry.code === code)?.[language] ?? code);
  return names.filter((name) => name !== null).join(language === 'zh' ? '、' : ', ') || '—';
};

/** The columns as they were said, for whoever does not fill them in. */
const FormFacts = ({ values }: { values: FormInput }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const one = (list: Parameters<typeof listed>[0], code: string | null) =>
    listed(list, [code], language);
  return (
    <Facts
      items={[
        [w['form.fieldCode'], fieldFullName(values.fieldCode, language)],
        [w['form.industryCode'], industryName(values.industryCode, language)],
        [w['form.ipKinds'], listed(IP_KINDS, values.ipKinds, language)],
        [w['form.patentNumbers'], values.patentNumbers.join(' · ') || '—'],
        [w['form.planSource'], one(PLAN_SOURCES, values.planSource)],
        [w['form.socioEconomicGoal'], one(SOCIO_ECONOMIC_GOALS, values.socioEconomicGoal)],
        [w['form.sellerNature'], one(NATURES, values.sellerNature)],
        [w['form.buyerNature'], one(NATURES, values.buyerNature)],
        [w['form.sellerCountry'], values.sellerCountry ?? '—'],
        [w['form.buyerCountry'], values.buyerCountry ?? '—'],
      ]}
    />
  );
};

/** 登记表: what is known is filled in; the side that registers says the rest. */
export const FormSection = (props: {
  contract: ContractView;
  canEdit: boolean;
  isReturned: boolean;
}): ReactNode => {
  const { contract, canEdit, isReturned } = props;
  const { w, language } = useAreaWords(dealsWords);
  const { complete, values } = contract.form;
  return (
    <Section
      title={w.form}
      id="form"
      aside={
        <Tag tone={complete ? 'ok' : 'warn'}>{complete ? w.formComplete : w.formIncomplete}</Tag>
      }
    >
      <p className="hint">{canEdit ? w.formNote : w.formReadOnly}</p>
      <Derived form={contract.form} w={w} language={language} />
      {canEdit ? (
        <EditForm contract={contract} isReturned={isReturned} />
      ) : (
        <FormFacts values={values} />
      )}
    </Section>
  );
};
