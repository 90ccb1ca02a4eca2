import type { ImportRow, ImportView, RowState } from '@jishi/contracts/market/import';
import { listImportRows } from '@jishi/contracts/market/import-endpoints';
import { useState } from 'react';
import { useRead } from '../../api/queries.ts';
import { Choices } from '../../kit/choices.tsx';
import { Tag, type Tone } from '../../kit/marks.tsx';
import { Section } from '../../kit/page.tsx';
import { Load } from '../../kit/states.tsx';
import { useParameter } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { Cell } from './cell.tsx';
import type { SendFix } from './send-fix.ts';
import { sheetWords } from './words.ts';

const PAGE = 50;
const STATES = ['wrong', 'duplicate', 'clean', 'imported'] as const;
const TONES: Readonly<Record<RowState, Tone>> = {
  clean: 'ok',
  wrong: 'bad',
  duplicate: 'warn',
  queued: 'info',
  imported: 'plain',
};

type Field = ImportView['fields'][number];

const Row = (props: {
  row: ImportRow;
  fields: readonly Field[];
  busy: boolean;
  onFix: SendFix;
}) => {
  const { w, language } = useAreaWords(sheetWords);
  const { row, fields, busy, onFix } = props;
  const [editing, setEditing] = useState(false);
  const mayEdit = row.state !== 'imported' && row.state !== 'queued';
  return (
    <tr>
      <th scope="row" className="sheets-frozen">
        {row.row}
        {mayEdit ? (
          <button
            type="button"
            className="quiet"
            aria-label={fill(editing ? w.doneEditing : w.editRow, { row: row.row })}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          >
            {editing ? w.doneEditing : w.edit}
          </button>
        ) : null}
      </th>
      <td>
        <Tag tone={TONES[row.state]}>{w[`state.${row.state}`]}</Tag>
        {row.duplicateOf ? <p className="sheets-message">{row.duplicateOf[language]}</p> : null}
      </td>
      {fields.map((field) => (
        <Cell key={field.key} row={row} field={field} editing={editing} busy={busy} onFix={onFix} />
      ))}
    </tr>
  );
};

/** The title, then what is wrong in these rows, then the file's order: no error is out of sight. */
const shownFields = (view: ImportView, rows: readonly ImportRow[]): Field[] => {
  const inFile = view.columns.flatMap(({ field }) => field ?? []);
  const needed = rows.flatMap(({ problems }) => problems.map(({ field }) => field));
  const title = inFile.filter((key) => key === 'title');
  const keys = [...new Set([...title, ...needed, ...inFile])];
  return keys.flatMap((key) => view.fields.find((field) => field.key === key) ?? []);
};

const Pages = (props: { next: number | null }) => {
  const { w } = useAreaWords(sheetWords);
  const [after, setAfter] = useParameter('after');
  const { next } = props;
  return (
    <p className="more">
      {after ? (
        <button type="button" className="outlined" onClick={() => setAfter(null)}>
          {w.firstPage}
        </button>
      ) : null}
      {next === null ? null : (
        <button type="button" className="outlined" onClick={() => setAfter(String(next))}>
          {w.nextPage}
        </button>
      )}
    </p>
  );
};

const stateAsked = (text: string | null): RowState | undefined =>
  text === 'all' ? undefined : (STATES.find((state) => state === text) ?? 'wrong');

/** The rows, a page at a time: wrong ones first of all, five thousand stay as fast as fifty. */
export const RowsTable = (props: { view: ImportView; busy: boolean; onFix: SendFix }) => {
  const { w, language } = useAreaWords(sheetWords);
  const { view } = props;
  const [asked] = useParameter('state');
  const [field] = useParameter('field');
  const [rule] = useParameter('rule');
  const [after] = useParameter('after');
  const state = stateAsked(asked);
  const query = useRead(
    listImportRows,
    {
      params: { importId: view.importId },
      query: {
        limit: PAGE,
        after: Number(after ?? '0') || 0,
        ...(state ? { state } : {}),
        ...(field && rule ? { field, rule } : {}),
      },
    },
    { keep: true },
  );
  const { counts } = view;
  return (
    <Section title={w.rowsHead}>
      <Choices
        label={w.rowState}
        parameter="state"
        choices={[
          ...STATES.map((each) => ({
            value: each === 'wrong' ? null : each,
            label: w[`show.${each}`],
            count: counts[each],
          })),
          { value: 'all', label: w['show.all'], count: counts.total },
        ]}
      />
      <Load query={query}>
        {({ items, next }) =>
          items.length === 0 ? (
            <p className="hint">{w.noRows}</p>
          ) : (
            <>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls; keys reach it. */}
              <section className="sheets-rows" tabIndex={0} aria-label={w.rowsHead}>
                <table>
                  <caption className="visually-hidden">{w.rowsHead}</caption>
                  <thead>
                    <tr>
                      <th scope="col" className="sheets-frozen">
                        {w.rowNumber}
                      </th>
                      <th scope="col">{w.rowState}</th>
                      {shownFields(view, items).map((each) => (
                        <th key={each.key} scope="col">
                          {each[language]}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((row) => (
                      <Row
                        key={row.row}
                        row={row}
                        fields={shownFields(view, items)}
                        busy={props.busy}
                        onFix={props.onFix}
                      />
                    ))}
                  </tbody>
                </table>
              </section>
              <Pages next={next} />
            </>
          )
        }
      </Load>
    </Section>
  );
};
