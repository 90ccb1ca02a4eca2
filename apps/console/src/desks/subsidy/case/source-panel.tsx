import type { CaseView } from '@jishi/contracts/subsidy/case';
import type { TraceLine } from '@jishi/contracts/subsidy/trace';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Day } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { listed, percentOf, yuanOf } from '../figures.ts';
import { KnownTag } from '../status-tags.tsx';
import { type SubsidyWords, subsidyWords } from '../words.ts';
import { ReceiptProof } from './receipt-proof.tsx';

export const lineName = (line: TraceLine, w: SubsidyWords): string =>
  fill(w[`line.${line.kind}`], {
    n: line.source.kind === 'receipts' ? line.source.seqs.length : 0,
  });

const Receipts = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const total = view.receipts.reduce((sum, receipt) => sum + BigInt(receipt.amountFen), 0n);
  return (
    <>
      <table className="table">
        <caption className="visually-hidden">{w['line.received']}</caption>
        <thead>
          <tr>
            <th scope="col">{w.receivedOn}</th>
            <th scope="col" className="right">
              {w.amountYuan}
            </th>
            <th scope="col" className="right">
              {w.ledgerNo}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.receipts.map((receipt) => (
            <tr key={receipt.receiptId}>
              <th scope="row" data-label={w.receivedOn}>
                <Day day={receipt.receivedOn} />
              </th>
              <td data-label={w.amountYuan} className="right">
                <span className={receipt.reversedOn ? 'struck' : undefined}>
                  <Amount fen={receipt.amountFen} exact bare />
                </span>
                {receipt.reversedOn ? (
                  <span className="subsidy-under">
                    {fill(w.reversed, { day: receipt.reversedOn })}
                  </span>
                ) : null}
              </td>
              <td data-label={w.ledgerNo} className="right" title={receipt.evidenceHash}>
                <span className="mono">#{receipt.seq}</span>
              </td>
            </tr>
          ))}
          <tr className="source-total">
            <th scope="row">{w.sum}</th>
            <td className="right" data-label={w.amountYuan}>
              <Amount fen={total} exact bare />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      <ReceiptProof receipts={view.receipts} />
    </>
  );
};

const Article = (props: { view: CaseView; article: string; parameters: readonly string[] }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const content = props.view.decision?.content ?? props.view.proposal;
  const check = content?.checks.find((found) => found.article === props.article);
  if (!check) return null;
  const used = check.parameters.filter((parameter) => props.parameters.includes(parameter.key));
  const shown = used.length > 0 ? used : check.parameters;
  return (
    <>
      <h3>{check[language]}</h3>
      <p className="page-note">{check.source}</p>
      <p>
        <KnownTag status={check.status} />
      </p>
      <ul className="checks-list">
        {shown.map((parameter) => (
          <li key={parameter.key}>
            <span aria-hidden="true">·</span>
            <span>
              <span className="checks-title">
                {valueText(parameter.value, parameter.unit, w)}{' '}
                <KnownTag status={parameter.status} />
              </span>
              <span className="checks-found">
                {fill(w.valueFrom, { day: parameter.from })} · {parameter.source}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <Link to="/subsidy/schemes">{w.toSchemes}</Link>
    </>
  );
};

/** A code of the policy file in words; one without words stands as it is. */
const codeName = (code: string, w: SubsidyWords): string => {
  const key = `code.${code}`;
  return key in w ? w[key as keyof SubsidyWords] : code;
};

/** A parameter's value in its unit: `5%`, `500,000.00 元`, `7 个自然日`, codes in words. */
export const valueText = (
  value: number | string | readonly string[],
  unit: string,
  w: SubsidyWords,
): string => {
  if (typeof value === 'string') return codeName(value, w);
  if (typeof value !== 'number') return value.map((code) => codeName(code, w)).join(' · ');
  switch (unit) {
    case 'CNY':
      return fill(w['unit.CNY'], { n: yuanOf(BigInt(value) * 100n) });
    case 'bp':
      return fill(w['unit.bp'], { n: percentOf(value) });
    case 'working-days':
      return fill(w['unit.working-days'], { n: value });
    case 'calendar-days':
      return fill(w['unit.calendar-days'], { n: value });
    default:
      return String(value);
  }
};

const Others = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  if (view.cap.others.length === 0) return <p>{w.noOthers}</p>;
  return (
    <ul className="checks-list">
      {view.cap.others.map((other) => (
        <li key={other.caseId}>
          <span aria-hidden="true">·</span>
          <span>
            <Link to={`/subsidy/cases/${other.caseId}`}>
              <span className="mono">{groupedNumber(other.registrationNumber)}</span>
            </Link>{' '}
            <Amount fen={other.awardFen} exact />
          </span>
        </li>
      ))}
    </ul>
  );
};

const Changes = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  return (
    <ul className="checks-list">
      <li>
        <span aria-hidden="true">·</span>
        <span>
          #{view.contract.seq} {w['standing.registered']} <Day day={view.contract.registeredOn} />
        </span>
      </li>
      {view.contract.changes.map((change) => (
        <li key={change.seq}>
          <span aria-hidden="true">·</span>
          <span>
            #{change.seq} {w[`change.${change.kind}`]} <Day day={change.changedOn} />
          </span>
        </li>
      ))}
    </ul>
  );
};

/** What a line of the calculation rests on: ledger, rule, earlier cases, or other lines. */
export const SourceContent = ({ view, line }: { view: CaseView; line: TraceLine }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const { source } = line;
  switch (source.kind) {
    case 'receipts':
      return <Receipts view={view} />;
    case 'contract':
      return <Changes view={view} />;
    case 'article':
      return <Article view={view} article={source.article} parameters={source.parameters} />;
    case 'cases':
      return <Others view={view} />;
    case 'lines':
      return <p>{fill(w.fromLines, { steps: listed(source.steps, language) })}</p>;
  }
};
