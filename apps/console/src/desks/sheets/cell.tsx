import {
  type CellProblem,
  type ImportRow,
  type ImportView,
  SAME_TEXT_MAX,
} from '@jishi/contracts/market/import';
import { useEffect, useId, useState } from 'react';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import type { SendFix } from './send-fix.ts';
import { sheetWords } from './words.ts';

type Field = ImportView['fields'][number];

interface CellProps {
  readonly row: ImportRow;
  readonly field: Field;
  readonly editing: boolean;
  readonly busy: boolean;
  readonly onFix: SendFix;
}

const Fixes = (props: { problem: CellProblem; cell: CellProps }) => {
  const { w } = useAreaWords(sheetWords);
  const { problem, cell } = props;
  const { row, field, busy, onFix } = cell;
  const { suggestion, rule, text } = problem;
  if (suggestion === null) return null;
  const key = field.key;
  return (
    <p className="sheets-cell-acts">
      <button
        type="button"
        className="outlined"
        disabled={busy}
        onClick={() =>
          onFix({ what: 'cells', cells: [{ row: row.row, field: key, text: suggestion }] }, 1)
        }
      >
        {fill(w.makeIt, { text: suggestion })}
      </button>
      {suggestion.length > SAME_TEXT_MAX ? null : (
        <button
          type="button"
          className="quiet"
          disabled={busy}
          onClick={() =>
            onFix({ what: 'same-text', field: key, rule, from: text, to: suggestion }, 1)
          }
        >
          {w.sameForAll}
        </button>
      )}
    </p>
  );
};

/** Typed text is sent when the field is left or Enter is pressed; Escape takes it back. */
const CellInput = (props: CellProps & { describedBy: string | undefined }) => {
  const { w, language } = useAreaWords(sheetWords);
  const { row, field, onFix, describedBy } = props;
  const value = row.values[field.key] ?? '';
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const send = (): void => {
    if (text === value) return;
    onFix({ what: 'cells', cells: [{ row: row.row, field: field.key, text }] }, 1);
  };
  return (
    <input
      value={text}
      aria-label={fill(w.cellLabel, { row: row.row, field: field[language] })}
      aria-invalid={describedBy ? true : undefined}
      aria-describedby={describedBy}
      onChange={(event) => setText(event.target.value)}
      onBlur={send}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') send();
        if (event.key === 'Escape') setText(value);
      }}
    />
  );
};

/** A right cell is text; a wrong one is a field, outlined, with what is wrong in words below. */
export const Cell = (props: CellProps) => {
  const { language } = useAreaWords(sheetWords);
  const id = useId();
  const { row, field, editing } = props;
  const problem = row.problems.find((each) => each.field === field.key);
  const value = row.values[field.key] ?? '';
  if (!problem && !editing) {
    return (
      <td>
        <span className="sheets-value" title={value}>
          {value}
        </span>
      </td>
    );
  }
  return (
    <td className={problem ? 'sheets-wrong' : undefined}>
      <CellInput {...props} describedBy={problem ? id : undefined} />
      {problem ? (
        <p id={id} className="sheets-message">
          {problem.address ? <span className="mono">{problem.address} </span> : null}
          {problem[language]}
        </p>
      ) : null}
      {problem ? <Fixes problem={problem} cell={props} /> : null}
    </td>
  );
};
