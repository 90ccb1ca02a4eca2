import { newId } from '@jishi/contracts/ids';
import {
  type AdministeredOrganisation,
  checkOrganisation,
  EvidenceKind,
} from '@jishi/contracts/market/administration';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct } from '../../../api/queries.ts';
import { troubleOf } from '../../../api/trouble.ts';
import { BusyButton, Dialog } from '../../../kit/dialog.tsx';
import { SelectField, TextField } from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { adminWords } from './words.ts';

type Outcome = 'verified' | 'refused';
interface Values {
  evidence: string;
  note: string;
}

const fieldOf = (field: string): keyof Values | null =>
  field === 'evidence' || field === 'note' ? field : null;

const CheckForm = (props: {
  organisation: AdministeredOrganisation;
  outcome: Outcome;
  onDone: () => void;
}) => {
  const { w, language } = useAreaWords(adminWords);
  const { t } = useWords();
  const say = useSay();
  const { outcome, organisation } = props;
  const [checkId] = useState(() => newId());
  const form = useForm<Values>({ defaultValues: { evidence: 'official-register', note: '' } });
  const act = useAct(
    checkOrganisation,
    () => {
      say(
        fill(w.checkedSay, {
          outcome: outcome === 'verified' ? w.outcomeVerified : w.outcomeRefused,
        }),
      );
      props.onDone();
    },
    (error) => showAtFields(form, troubleOf(error, language), language, fieldOf),
  );
  const trouble = act.error ? troubleOf(act.error, language) : null;
  const submit = ({ evidence, note }: Values): void =>
    act.mutate({
      params: { organisationId: organisation.id },
      body: { checkId, outcome, evidence: EvidenceKind.parse(evidence), note },
    });
  return (
    <form onSubmit={form.handleSubmit(submit)} noValidate>
      <FormProblems
        trouble={trouble}
        fieldOf={(field) => {
          const name = fieldOf(field);
          return name ? { label: w[name], name } : null;
        }}
      />
      <SelectField
        control={form.control}
        name="evidence"
        label={w.evidence}
        none={null}
        options={EvidenceKind.options.map((value) => ({ value, label: w[`evidence.${value}`] }))}
      />
      <TextField
        control={form.control}
        name="note"
        label={w.note}
        hint={w.noteHint}
        lines={3}
        maxLength={500}
      />
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={props.onDone}>
          {t.cancel}
        </button>
        <BusyButton busy={act.isPending} submits>
          {outcome === 'verified' ? w.verifyAct : w.refuseAct}
        </BusyButton>
      </div>
    </form>
  );
};

/** Verify, or refuse, with what was seen; it is written into the trail. */
export const CheckActs = ({ organisation }: { organisation: AdministeredOrganisation }) => {
  const { w } = useAreaWords(adminWords);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const title = outcome === 'refused' ? w.refuseTitle : w.verifyTitle;
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOutcome('refused')}>
        {w.refuseAct}
      </button>
      {organisation.verified ? null : (
        <button type="button" className="primary" onClick={() => setOutcome('verified')}>
          {w.verifyAct}
        </button>
      )}
      <Dialog
        open={outcome !== null}
        onClose={() => setOutcome(null)}
        title={fill(title, { name: organisation.name })}
      >
        {outcome ? (
          <CheckForm
            organisation={organisation}
            outcome={outcome}
            onDone={() => setOutcome(null)}
          />
        ) : null}
      </Dialog>
    </>
  );
};
