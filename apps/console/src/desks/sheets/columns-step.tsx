import type { AmountUnit, ImportColumn, ImportView } from '@jishi/contracts/market/import';
import { setImportColumns } from '@jishi/contracts/market/import-endpoints';
import { useState } from 'react';
import { useAct, useTrouble } from '../../api/queries.ts';
import { BusyButton } from '../../kit/dialog.tsx';
import { Section } from '../../kit/page.tsx';
import { TroubleNotice } from '../../kit/states.tsx';
import { go } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { FileFacts } from './file-facts.tsx';
import { letterOf } from './letters.ts';
import { isAt, placeOf } from './whereabouts.ts';
import { sheetWords } from './words.ts';

type Target = ImportView['target'];

/** What was refused stands above the form. */
const TOLD_BY_TROUBLE = (): void => {};

const ColumnRow = (props: {
  column: ImportColumn;
  view: ImportView;
  taken: ReadonlySet<string>;
  onChange: (column: ImportColumn) => void;
}) => {
  const { w, language } = useAreaWords(sheetWords);
  const { column, view, taken, onChange } = props;
  const spec = view.fields.find((field) => field.key === column.field);
  const letter = letterOf(column.column);
  const choose = (key: string): void => {
    const next = view.fields.find((field) => field.key === key);
    onChange({ ...column, field: next?.key ?? null, unit: next?.isAmount ? 'yuan' : null });
  };
  return (
    <tr>
      <th scope="row">{letter}</th>
      <td>{column.heading}</td>
      <td>
        <select
          aria-label={`${letter} ${w.columnField}`}
          value={column.field ?? ''}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{w.notImported}</option>
          {view.fields.map((field) => (
            <option
              key={field.key}
              value={field.key}
              disabled={field.key !== column.field && taken.has(field.key)}
            >
              {field[language]}
              {field.required ? ' *' : ''}
            </option>
          ))}
        </select>
      </td>
      <td>
        {spec?.isAmount ? (
          <select
            aria-label={`${letter} ${w.columnUnit}`}
            value={column.unit ?? 'yuan'}
            onChange={(event) => onChange({ ...column, unit: event.target.value as AmountUnit })}
          >
            <option value="yuan">{w.unitYuan}</option>
            <option value="wan">{w.unitWan}</option>
          </select>
        ) : null}
      </td>
    </tr>
  );
};

const TargetChoice = (props: { target: Target; onChange: (target: Target) => void }) => {
  const { w } = useAreaWords(sheetWords);
  return (
    <fieldset className="field choice-field">
      <legend>{w.target}</legend>
      <div className="choice-list">
        {(['submitted', 'draft'] as const).map((target) => (
          <label key={target}>
            <input
              type="radio"
              name="target"
              checked={props.target === target}
              onChange={() => props.onChange(target)}
            />
            {w[`target.${target}`]}
          </label>
        ))}
      </div>
      <p className="hint">{w.targetNote}</p>
    </fieldset>
  );
};

const HeadingRow = (props: {
  row: number;
  busy: boolean;
  onChange: (row: number) => void;
  onReread: () => void;
}) => {
  const { w } = useAreaWords(sheetWords);
  return (
    <p className="sheets-heading-row">
      <label>
        {w.headingRow}{' '}
        <input
          type="number"
          min={1}
          max={50}
          value={props.row}
          onChange={(event) => props.onChange(Number(event.target.value))}
        />
      </label>
      <BusyButton look="outlined" busy={props.busy} onClick={props.onReread}>
        {w.rereadHeadings}
      </BusyButton>
    </p>
  );
};

/** What the columns are taken for, and the way to say otherwise. */
export const ColumnsStep = ({ view }: { view: ImportView }) => {
  const { w, language } = useAreaWords(sheetWords);
  const [columns, setColumns] = useState(view.columns);
  const [target, setTarget] = useState(view.target);
  const [headingRow, setHeadingRow] = useState(view.headingRow);
  const act = useAct(setImportColumns);
  const trouble = useTrouble(act);
  const taken = new Set(columns.flatMap(({ field }) => (field ? [field] : [])));
  const missing = view.fields.filter(({ key, required }) => required && !taken.has(key));
  const send = (chosen: readonly ImportColumn[] | null): void => {
    const sent = act.mutateAsync({
      params: { importId: view.importId },
      body: {
        version: view.version,
        headingRow,
        target,
        columns: chosen?.map(({ column, field, unit }) => ({ column, field, unit })) ?? null,
      },
    });
    const goOn = (): void => {
      if (chosen && isAt(view)) go(`${placeOf(view)}?step=fix`);
    };
    sent.then(goOn, TOLD_BY_TROUBLE);
  };
  const change = (next: ImportColumn): void =>
    setColumns(columns.map((column) => (column.column === next.column ? next : column)));
  return (
    <>
      <FileFacts view={view} />
      <Section title={w.columnsHead}>
        <p>
          {view.headingFound
            ? fill(w.columnsNote, { known: taken.size, all: columns.length })
            : w.headingNotFound}
        </p>
        {missing.length > 0 ? (
          <p className="field-error" role="status">
            {fill(w.missingColumns, {
              names: missing.map((field) => field[language]).join(language === 'zh' ? '、' : ', '),
            })}
          </p>
        ) : null}
        {trouble ? <TroubleNotice trouble={trouble} /> : null}
        <HeadingRow
          row={headingRow}
          busy={act.isPending}
          onChange={setHeadingRow}
          onReread={() => send(null)}
        />
        <div className="sheets-columns">
          <table>
            <caption className="visually-hidden">{w.columnsHead}</caption>
            <thead>
              <tr>
                <th scope="col">{w.columnLetter}</th>
                <th scope="col">{w.columnHeading}</th>
                <th scope="col">{w.columnField}</th>
                <th scope="col">{w.columnUnit}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <ColumnRow
                  key={column.column}
                  column={column}
                  view={view}
                  taken={taken}
                  onChange={change}
                />
              ))}
            </tbody>
          </table>
        </div>
        {view.kind === 'listings' ? <TargetChoice target={target} onChange={setTarget} /> : null}
        <BusyButton busy={act.isPending} onClick={() => send(columns)}>
          {w.saveColumns}
        </BusyButton>
      </Section>
    </>
  );
};
