import type { RegistrationReason } from '@jishi/contracts/ledger/registration-rules';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../../../api/trouble.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Skeleton } from '../../../states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { ActTrouble } from '../conflict.tsx';
import { registryWords } from '../words.ts';
import { type GivenReason, givenOf, ReasonPicker, useChosen } from './reason-picker.tsx';

interface ReasonFormProps {
  /** A heading, unless what stands around has one. */
  readonly title?: string;
  readonly hint: string;
  /** The verb of the act, as on the button that opened this. */
  readonly act: string;
  readonly reasons: readonly RegistrationReason[] | undefined;
  readonly busy: boolean;
  readonly trouble: Trouble | null;
  readonly onGive: (reasons: readonly GivenReason[]) => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** An act with reasons: choose, edit the sentences, Enter sends. */
export const ReasonForm = (props: ReasonFormProps) => {
  const { w, language } = useAreaWords(registryWords);
  const { t } = useWords();
  const choosing = useChosen(language);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { reasons, act } = props;
  const ready = reasons !== undefined;
  useEffect(() => {
    if (ready) form.current?.querySelector('input')?.focus();
  }, [ready]);
  if (!reasons) return <Skeleton />;
  const n = choosing.chosen.size;
  const send = (): void => {
    if (n === 0) setMissing(true);
    else props.onGive(givenOf(reasons, choosing.chosen));
  };
  return (
    <form
      ref={form}
      className="reason-form"
      aria-label={props.title ?? act}
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.busy) send();
      }}
    >
      {props.title ? <h2>{props.title}</h2> : null}
      <p className="hint">
        {props.hint} <span className="keys-hint">{w.reasonKeys}</span>
      </p>
      <ActTrouble trouble={props.trouble} />
      {props.children}
      <ReasonPicker reasons={reasons} choosing={choosing} missing={missing} />
      <div className="form-actions">
        <BusyButton submits busy={props.busy}>
          {n > 0 ? fill(w.actWithReasons, { act, n }) : act}
        </BusyButton>
        <button type="button" className="outlined" onClick={props.onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
};
