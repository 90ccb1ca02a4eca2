import type { AnswerOf } from '@jishi/contracts/endpoint';
import type { listPublicationWork } from '@jishi/contracts/ledger/publication-desk';
import { useState } from 'react';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import '../exchange.css';
import { deskWords } from './words.ts';

type Month = AnswerOf<typeof listPublicationWork>['months'][number];

export const addressOf = (publicationId: string): string => `/exchange/publish/${publicationId}`;

const LABELS = ['R2', 'C'] as const;
type Label = (typeof LABELS)[number];

/** A restatement may be declared routine or a correction; without that the data decide. */
const Declare = (props: {
  period: string;
  value: Label | undefined;
  onChoose: (value: Label | undefined) => void;
}) => {
  const { w } = useAreaWords(deskWords);
  return (
    <select
      aria-label={`${w.declare} ${props.period}`}
      value={props.value ?? ''}
      onChange={(event) => props.onChoose(LABELS.find((one) => one === event.target.value))}
    >
      <option value="">{w['declare.data']}</option>
      {LABELS.map((label) => (
        <option key={label} value={label}>
          {w[`declare.${label}`]}
        </option>
      ))}
    </select>
  );
};

/** The one filled button of the page prepares the newest month; the others are outlined. */
export const PrepareCell = (props: {
  month: Month;
  first: boolean;
  busy: boolean;
  onPrepare: (label: Label | undefined) => void;
}) => {
  const { w } = useAreaWords(deskWords);
  const [label, choose] = useState<Label>();
  const { month } = props;
  if (month.openPublicationId) {
    return <Link to={addressOf(month.openPublicationId)}>{w.toPreview}</Link>;
  }
  const isRestatement = month.lastVintage > 0;
  return (
    <span className="prepare">
      {isRestatement ? <Declare period={month.period} value={label} onChoose={choose} /> : null}
      <BusyButton
        busy={props.busy}
        look={props.first ? 'primary' : 'outlined'}
        onClick={() => props.onPrepare(label)}
      >
        {isRestatement ? w.prepareAgain : w.prepare}
      </BusyButton>
    </span>
  );
};
