import { type ReactNode, useState } from 'react';
import type { Trouble } from '../../api/trouble.ts';
import { Confirm } from '../../kit/dialog.tsx';
import { FieldFrame } from '../../kit/fields.tsx';
import { useAreaWords } from '../../words/area.ts';
import { useWords } from '../../words/words.tsx';
import { subsidyWords } from './words.ts';

const REASON_MIN = 2;
const REASON_MAX = 500;

/** An act that needs a reason: it stays typed when the act was refused. */
export const ReasonDialog = (props: {
  open: boolean;
  onClose: () => void;
  title: string;
  act: string;
  busy: boolean;
  trouble: Trouble | null;
  onAct: (reason: string) => void;
  children?: ReactNode;
}) => {
  const { w } = useAreaWords(subsidyWords);
  const { language } = useWords();
  const [reason, setReason] = useState('');
  const [isTooShort, setTooShort] = useState(false);
  const ofField = props.trouble?.fields.find((problem) => problem.field === 'reason');
  const act = (): void => {
    const isShort = reason.trim().length < REASON_MIN;
    setTooShort(isShort);
    if (!isShort) props.onAct(reason.trim());
  };
  return (
    <Confirm
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      act={props.act}
      busy={props.busy}
      trouble={props.trouble}
      onAct={act}
    >
      {props.children}
      <FieldFrame
        label={w.reason}
        hint={w.reasonHint}
        error={isTooShort ? w.reasonHint : ofField?.[language]}
      >
        {(wired) => (
          <textarea
            {...wired}
            name="reason"
            rows={3}
            maxLength={REASON_MAX}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FieldFrame>
    </Confirm>
  );
};
