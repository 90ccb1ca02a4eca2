import { searchBrokers } from '@jishi/contracts/market/registration-papers';
import { type ReactNode, useId, useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { dealsWords } from '../words.ts';

const SHORTEST = 2;

/** A broker by a part of its name; chosen from what is found, never typed as an id. */
export const BrokerField = (props: {
  value: string;
  name: string | null;
  onChoose: (partyId: string, name: string) => void;
  error: string | undefined;
}): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const id = useId();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const query = useRead(
    searchBrokers,
    { query: { name: wanted } },
    { when: wanted.length >= SHORTEST, keep: true },
  );
  const found = wanted.length >= SHORTEST ? (query.data?.items ?? []) : [];
  if (props.value !== '') {
    return (
      <div className="field">
        <p>{fill(w.brokerChosen, { name: props.name ?? `…${props.value.slice(-8)}` })}</p>
        <button type="button" className="quiet" onClick={() => props.onChoose('', '')}>
          {w.brokerClear}
        </button>
        {props.error ? <p className="field-error">{props.error}</p> : null}
      </div>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{w.brokerSearch}</label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={`${id}-hint`} className="hint" role="status">
        {query.data && wanted.length >= SHORTEST && found.length === 0
          ? fill(w.brokerNothing, { text: wanted })
          : w.brokerSearchHint}
      </p>
      {found.length > 0 ? (
        <ul className="broker-list">
          {found.map((broker) => (
            <li key={broker.partyId}>
              <button
                type="button"
                className="outlined"
                onClick={() => props.onChoose(broker.partyId, broker.name)}
              >
                {broker.name}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {props.error ? <p className="field-error">{props.error}</p> : null}
    </div>
  );
};
