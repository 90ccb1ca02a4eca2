import { ReturnCode, type ReturnReason } from '@jishi/contracts/market/listing';
import { RETURN_REASONS } from '@jishi/contracts/market/review-reasons';
import type { ReviewCheck } from '@jishi/contracts/market/reviews';
import { useState } from 'react';
import type { Trouble } from '../../../api/trouble.ts';
import { BusyButton, Dialog } from '../../../kit/dialog.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

/** The reason that a failed check speaks for; the reviewer ticks it or not. */
const REASON_OF: Readonly<Record<ReviewCheck['check'], ReturnCode | null>> = {
  'contact-in-text': 'contact-in-text',
  'same-title': 'duplicate',
  'rights-elsewhere': 'duplicate',
  'rights-numbered': 'rights-unproven',
  superlatives: 'exaggerated',
  measured: 'incomplete',
  'price-notice': null,
};

const suggested = (checks: readonly ReviewCheck[]): readonly ReturnCode[] => {
  const codes = checks.filter((check) => !check.passed).map((check) => REASON_OF[check.check]);
  return [...new Set(codes.filter((code) => code !== null))];
};

/** 退回修改: reasons from the list, those of failed checks ticked already, and a note. */
export const ReturnDialog = (props: {
  checks: readonly ReviewCheck[];
  onClose: () => void;
  onReturn: (reasons: ReturnReason[]) => void;
  busy: boolean;
  trouble: Trouble | null;
}) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const [codes, setCodes] = useState<readonly ReturnCode[]>(() => suggested(props.checks));
  const [note, setNote] = useState('');
  const toggle = (code: ReturnCode, on: boolean): void =>
    setCodes(on ? [...codes, code] : codes.filter((other) => other !== code));
  const reasons = ReturnCode.options
    .filter((code) => codes.includes(code))
    .map((code, i) => ({ code, note: i === 0 ? note.trim() : '' }));
  return (
    <Dialog open onClose={props.onClose} title={w.returnRecord}>
      <fieldset className="field choice-field">
        <legend>{w.returnWhy}</legend>
        {ReturnCode.options.map((code) => (
          <label key={code} className="reason-line">
            <input
              type="checkbox"
              checked={codes.includes(code)}
              onChange={(event) => toggle(code, event.target.checked)}
            />
            {RETURN_REASONS[code][language]}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor="return-note">
          {w.returnNote} <span className="hint">{t.optional}</span>
        </label>
        <textarea
          id="return-note"
          rows={3}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {props.trouble ? <TroubleNotice trouble={props.trouble} /> : null}
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={props.onClose}>
          {t.cancel}
        </button>
        <BusyButton
          busy={props.busy}
          disabled={reasons.length === 0}
          onClick={() => props.onReturn(reasons)}
        >
          {w.returnRecord}
        </BusyButton>
      </div>
    </Dialog>
  );
};
