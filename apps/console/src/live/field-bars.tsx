import type { FieldCode } from '@jishi/contracts/codes';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { amountIn, exactYuan, unitOf } from '../format/amount.ts';
import { codeOfCell, fieldFullName, fieldName } from '../format/names.ts';
import { Link } from '../place.tsx';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';

export interface FieldRow {
  readonly code: FieldCode;
  /** null when withheld. */
  readonly fen: bigint | null;
  /** Length of the bar, 0–100. */
  readonly percent: number;
}

/** Largest first; what is withheld comes last, in the list's order, so that it tells nothing. */
export const fieldRows = (fields: LiveSnapshot['fields']): readonly FieldRow[] => {
  const rows = fields.map((field) => ({
    code: codeOfCell(field.cell) as FieldCode,
    fen: field.contractValueFen === null ? null : BigInt(field.contractValueFen),
  }));
  const largest = rows.reduce((most, { fen }) => (fen !== null && fen > most ? fen : most), 0n);
  const shown = rows
    .filter((row): row is { code: FieldCode; fen: bigint } => row.fen !== null)
    .sort((a, b) => (a.fen === b.fen ? 0 : a.fen > b.fen ? -1 : 1))
    .map((row) => ({
      ...row,
      percent: largest > 0n ? Number((row.fen * 10_000n) / largest) / 100 : 0,
    }));
  const withheld = rows.filter((row) => row.fen === null).map((row) => ({ ...row, percent: 0 }));
  return [...shown, ...withheld];
};

export const FieldBars = (props: { snapshot: LiveSnapshot; linked: boolean }) => {
  const { language, t } = useWords();
  const { fields, gauge } = props.snapshot;
  const rows = fieldRows(fields);
  const largest = rows[0]?.fen ?? 0n;
  const unit = unitOf(largest, language);
  const half = Math.ceil(rows.length / 2);
  return (
    <Card
      name="fields"
      title={t.fields}
      meta={fill(t.fieldsMeta, { year: gauge.year, unit: t[`unit.${unit}`] })}
    >
      {rows.every(({ fen }) => fen === 0n) ? (
        <p className="empty">{t.fieldsEmpty}</p>
      ) : (
        <ul className="bars">
          {rows.map(({ code, fen, percent }, index) => {
            const name = fieldName(code, language);
            const exact = fen === null ? t.hidden : `${exactYuan(fen)} ${t['unit.yuan']}`;
            const column = index < half ? 1 : 2;
            return (
              <li
                key={code}
                className={`bar-row column-${column}`}
                style={{ gridRow: (index % half) + 1 }}
                title={`${fieldFullName(code, language)} ${exact}`}
              >
                <span className="bar-name">
                  {props.linked ? <Link to={`/indices?cell=field:${code}`}>{name}</Link> : name}
                </span>
                <span className={fen === null ? 'bar-track hatched' : 'bar-track'} aria-hidden>
                  {fen === null || fen === 0n ? null : (
                    <span className="bar-fill" style={{ width: `${percent}%` }} />
                  )}
                </span>
                <span className="bar-value">
                  {fen === null ? t.hidden : amountIn(fen, unit, language)}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
};
