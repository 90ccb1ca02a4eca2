import { readRegistration } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { proposeChange } from '@jishi/contracts/ledger/registry-endpoints';
import { useMemo, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { FormProblems } from '../../../kit/form-problems.tsx';
import { Columns, PageHead, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load } from '../../../kit/states.tsx';
import { go, Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { Skeleton } from '../../../states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../registry.css';
import { Consequences } from '../changes/consequences.tsx';
import { Differences, useDifferences } from '../changes/differences.tsx';
import { verifiedFen } from '../changes/verified.ts';
import { useRereadWhenOvertaken } from '../conflict.tsx';
import { givenOf, ReasonPicker, useChosen } from '../review/reason-picker.tsx';
import { useReasons } from '../use-rules.ts';
import { bookWords } from '../words.ts';
import { useWritten, wrote } from '../written.ts';
import { AmountFields, ContractFields, FormFields } from './amend-fields.tsx';
import { type AmendValues, amendProblems, amendValuesOf, factsOf } from './amend-values.ts';

const useProposal = (view: RegistrationView) => {
  const { w } = useAreaWords(bookWords);
  const say = useSay();
  const { version, contractId } = view;
  const ids = useMemo(() => ({ version, commandId: uuidv7(), changeId: uuidv7() }), [version]);
  const act = useAct(proposeChange, ({ seq }) => {
    wrote(seq);
    say(fill(w.proposed, { kind: w['kind.amend'] }));
    go(`/registry/changes/${contractId}`);
  });
  const trouble = useTrouble(act);
  useRereadWhenOvertaken(trouble);
  return { act, ids, trouble };
};

const isAmount = (values: AmendValues): boolean =>
  /^\d+$/.test(values.contractValueFen) && /^\d+$/.test(values.technologyValueFen);

/** The facts as the form would make them; null while an amount is no amount. */
const useAmended = (view: RegistrationView, values: AmendValues) =>
  isAmount(values) ? factsOf(values, view) : null;

const AmendForm = ({ view }: { view: RegistrationView }) => {
  const { w, language } = useAreaWords(bookWords);
  const form = useForm<AmendValues>({ defaultValues: amendValuesOf(view) });
  const { control } = form;
  // Every field has a default, so what is watched is whole.
  const values = { ...amendValuesOf(view), ...useWatch({ control }) } as AmendValues;
  const amended = useAmended(view, values);
  const changed = useDifferences(view, amended);
  const choosing = useChosen(language);
  const reasons = useReasons('amend');
  const [missing, setMissing] = useState(false);
  const { act, ids, trouble } = useProposal(view);
  if (!reasons) return <Skeleton />;
  const check = (): boolean => {
    form.clearErrors();
    const problems = amendProblems(values, verifiedFen(view));
    for (const { name, rule } of problems) {
      form.setError(name, { type: rule, message: w[`amendRule.${rule}`] });
    }
    const [first] = problems;
    if (first) form.setFocus(first.name);
    setMissing(choosing.chosen.size === 0);
    return problems.length === 0 && choosing.chosen.size > 0;
  };
  const propose = (): void => {
    if (!check() || !amended) return;
    const { commandId, changeId } = ids;
    const given = [...givenOf(reasons, choosing.chosen)];
    const common = { commandId, changeId, version: view.version, kind: 'amend' as const };
    const body = { ...common, reasons: given, amended };
    act.mutate({ params: { contractId: view.contractId }, body });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        propose();
      }}
    >
      <FormProblems trouble={trouble} fieldOf={() => null} />
      <Columns
        main={
          <>
            <AmountFields control={control} now={view.private} />
            <ContractFields control={control} />
            {view.private.form ? <FormFields control={control} /> : null}
            <Section title={w.amendReasons}>
              <ReasonPicker reasons={reasons} choosing={choosing} missing={missing} />
            </Section>
          </>
        }
        side={
          <div className="amend-side">
            <Section title={w.differences} aside={fill(w.changedColumns, { n: changed.length })}>
              {amended ? <Differences before={view} after={amended} narrow /> : null}
              <Consequences of={view} kind="amend" amended={amended} headed />
              <BusyButton submits busy={act.isPending} disabled={changed.length === 0}>
                {fill(w.proposeAct, { kind: w['kind.amend'] })}
              </BusyButton>
            </Section>
          </div>
        }
      />
    </form>
  );
};

const Amend = ({ view }: { view: RegistrationView }) => {
  const { w } = useAreaWords(bookWords);
  const to = `/registry/registered/${view.contractId}`;
  const open = view.status === 'registered' && view.pendingChange === null;
  return (
    <>
      <PageHead
        title={fill(w.proposeTitle, { kind: w['kind.amend'] })}
        note={<Link to={to}>{view.private.title}</Link>}
      />
      {open ? <AmendForm view={view} /> : <p className="stale-line">{w.cannotAmend}</p>}
    </>
  );
};

/** New facts of a registered contract, beside the old ones, for a second person to confirm. */
export const AmendPage = ({ values }: PageProps) => {
  const contractId = values.contractId ?? '';
  const written = useWritten();
  const query = useRead(
    readRegistration,
    { params: { contractId }, query: written },
    { keep: true },
  );
  return (
    <Load query={query} whole>
      {(view) => <Amend view={view} />}
    </Load>
  );
};
