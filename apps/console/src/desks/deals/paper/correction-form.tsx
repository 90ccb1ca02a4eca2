import { newId } from '@jishi/contracts/ids';
import {
  type PaperContractView,
  type PaperField,
  resubmitPaperContract,
} from '@jishi/contracts/market/paper-contracts';
import { type ReactNode, useEffect } from 'react';
import { type Control, useForm } from 'react-hook-form';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { SelectField, TextField } from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useIntention } from '../intention.ts';
import { dealsWords } from '../words.ts';

type Values = Record<string, string>;

const DAYS = new Set(['signedOn', 'effectiveOn', 'validFrom', 'validTo']);

const Field = (props: { field: PaperField; control: Control<Values> }): ReactNode => {
  const { language } = useAreaWords(dealsWords);
  const { field, control } = props;
  const { key, required, options } = field;
  const hint = language === 'zh' ? field.hintZh : field.hintEn;
  const shared = { control, name: key, label: field[language], optional: !required, hint };
  return options ? (
    <SelectField
      {...shared}
      options={options.map((option) => ({ value: option.value, label: option[language] }))}
    />
  ) : (
    <TextField {...shared} kind={DAYS.has(key) ? 'date' : 'text'} />
  );
};

/** All columns but the parties, as they stand; sent with the papers in one act. */
export const CorrectionForm = (props: {
  contract: PaperContractView;
  /** Of the returned registration that is answered. */
  registrationVersion: number;
}): ReactNode => {
  const { contract, registrationVersion } = props;
  const { w, language } = useAreaWords(dealsWords);
  const say = useSay();
  const { contractId, fields, files } = contract;
  const form = useForm<Values>({
    defaultValues: Object.fromEntries(fields.map(({ key }) => [key, contract.values[key] ?? ''])),
  });
  const [commandId, next] = useIntention(newId);
  const act = useAct(resubmitPaperContract, () => {
    next();
    say(w.resubmitSaid);
  });
  const trouble = useTrouble(act);
  const nameOf = (path: string): string | null =>
    fields.find(({ key }) => path === `values.${key}`)?.key ?? null;
  useEffect(() => {
    if (!trouble) return;
    showAtFields(form, trouble, language, (path) =>
      path.startsWith('values.') ? path.slice('values.'.length) : null,
    );
  }, [trouble, form, language]);
  const send = form.handleSubmit((values) =>
    act.mutate({ params: { contractId }, body: { commandId, registrationVersion, values } }),
  );
  const papers = files.filter(({ kind }) => kind !== 'receipt-evidence').length;
  return (
    <Section title={w.paperCorrect} id="form">
      <p className="hint">{w.paperCorrectNote}</p>
      <form onSubmit={(event) => void send(event)} noValidate className="form-grid">
        <FormProblems
          trouble={trouble}
          fieldOf={(path) => {
            const name = nameOf(path);
            const field = fields.find(({ key }) => key === name);
            return field ? { label: field[language], name: field.key } : null;
          }}
        />
        {fields.map((field) => (
          <Field key={field.key} field={field} control={form.control} />
        ))}
        <p className="hint">{fill(w.paperFiles, { n: papers })}</p>
        <div className="form-actions">
          <BusyButton busy={act.isPending} submits>
            {w.paperPress}
          </BusyButton>
        </div>
      </form>
    </Section>
  );
};
