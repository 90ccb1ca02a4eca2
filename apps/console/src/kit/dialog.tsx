import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Trouble } from '../api/trouble.ts';
import { useWords } from '../words/words.tsx';
import { TroubleNotice } from './states.tsx';

/** A dialog of the browser: it holds the focus, Escape closes it, and focus goes back after. */
export const Dialog = (props: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}) => {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { t } = useWords();
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (props.open && dialog && !dialog.open) {
      dialog.showModal();
      heading.current?.focus();
    }
    if (!props.open) dialog?.close();
  }, [props.open]);
  return (
    <dialog ref={element} className="dialog" aria-labelledby={id} onClose={props.onClose}>
      {props.open ? (
        <>
          <div className="dialog-head">
            <h2 id={id} ref={heading} tabIndex={-1}>
              {props.title}
            </h2>
            <button type="button" className="quiet" onClick={props.onClose}>
              {t.close}
            </button>
          </div>
          {props.children}
        </>
      ) : null}
    </dialog>
  );
};

/**
 * Asks once more before an act that others rely on. The focus is on the heading and the act is no
 * form's default, so Enter alone never does it; Tab and Enter, or a press, do.
 */
export const Confirm = (props: {
  open: boolean;
  onClose: () => void;
  title: string;
  /** The verb of the act, as on the button that opened this. */
  act: string;
  onAct: () => void;
  busy: boolean;
  trouble: Trouble | null;
  children: ReactNode;
}) => {
  const { t } = useWords();
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <div className="dialog-body">{props.children}</div>
      {props.trouble ? <TroubleNotice trouble={props.trouble} /> : null}
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={props.onClose}>
          {t.cancel}
        </button>
        <BusyButton busy={props.busy} onClick={props.onAct}>
          {props.act}
        </BusyButton>
      </div>
    </Dialog>
  );
};

/** A filled button: while it works it keeps its width, shows it, and takes no second press. */
export const BusyButton = (props: {
  busy: boolean;
  onClick?: () => void;
  submits?: boolean;
  disabled?: boolean;
  look?: 'primary' | 'outlined';
  children: ReactNode;
}) => (
  <button
    type={props.submits ? 'submit' : 'button'}
    className={`${props.look ?? 'primary'}${props.busy ? ' is-busy' : ''}`}
    aria-busy={props.busy}
    disabled={props.disabled}
    // A press, or Enter in a field, would else send the form a second time.
    onClick={props.busy ? (event) => event.preventDefault() : props.onClick}
  >
    <span className="busy-text">{props.children}</span>
    {props.busy ? <span className="busy-mark" aria-hidden="true" /> : null}
  </button>
);
