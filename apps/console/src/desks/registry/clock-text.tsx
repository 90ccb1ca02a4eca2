import type { RegistrationStatus, ReviewClock } from '@jishi/contracts/ledger/registration';
import { useAreaWords } from '../../words/area.ts';
import { clockWords } from './clock-words.ts';
import { today } from './today.ts';
import { useSupplementRule } from './use-rules.ts';
import { registryWords } from './words.ts';

const CLASS = { plain: 'clock', warn: 'clock clock-warn', bad: 'clock clock-bad' } as const;

/** The legal clock of a case, in words and with its colour; the words alone say it all. */
export const ClockText = (props: {
  of: {
    readonly status: RegistrationStatus;
    readonly clock: ReviewClock | null;
    readonly submittedOn: string;
  };
}) => {
  const { w } = useAreaWords(registryWords);
  const supplement = useSupplementRule();
  const { text, tone } = clockWords(props.of, today(), w, supplement);
  const { clock } = props.of;
  const provisional = clock?.provisional && clock.decidedOn === null;
  return (
    <span className={tone === 'warn' || tone === 'bad' ? CLASS[tone] : CLASS.plain}>
      {text}
      {provisional ? <span className="clock-note">{w.clockProvisional}</span> : null}
    </span>
  );
};
