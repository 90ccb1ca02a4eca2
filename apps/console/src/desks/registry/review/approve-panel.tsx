import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { RegistrationChecks } from '@jishi/contracts/ledger/registry';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { Trouble } from '../../../api/trouble.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Amount } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { ActTrouble } from '../conflict.tsx';
import { registryWords } from '../words.ts';
import type { Approval } from './decisions.ts';

/** What passing this case will do, before it is done; Enter does it. */
export const ApprovePanel = (props: {
  view: RegistrationView;
  checks: z.infer<typeof RegistrationChecks> | undefined;
  approval: Approval;
  acceptsFirst: boolean;
  busy: boolean;
  trouble: Trouble | null;
  onPass: () => void;
  onCancel: () => void;
}) => {
  const { w } = useAreaWords(registryWords);
  const { t } = useWords();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.querySelector<HTMLButtonElement>('.primary')?.focus();
  }, []);
  const { view, checks, approval, acceptsFirst } = props;
  const fails = checks?.items.filter((check) => check.verdict === 'fail').length ?? 0;
  const split = checks?.splitWith.length ?? 0;
  return (
    <div ref={panel} className="approve-panel">
      <h2>{w[`approve.${approval}`]}</h2>
      {acceptsFirst ? <p>{w.acceptsFirst}</p> : null}
      <p>
        {w[`approveMeans.${approval}`]} {w.contractValue}{' '}
        <Amount fen={view.private.contractValueFen} exact />
        {w.comma}
        {w.technologyValue} <Amount fen={view.private.technologyValueFen} exact />
      </p>
      {split > 0 ? <p>{fill(w.splitMeans, { n: split })}</p> : null}
      {fails > 0 ? <p className="clock-bad">{fill(w.passesWithFails, { n: fails })}</p> : null}
      <ActTrouble trouble={props.trouble} />
      <div className="form-actions">
        <BusyButton busy={props.busy} onClick={props.onPass}>
          {w[`approve.${approval}`]}
        </BusyButton>
        <button type="button" className="outlined" onClick={props.onCancel}>
          {t.cancel}
        </button>
      </div>
    </div>
  );
};
