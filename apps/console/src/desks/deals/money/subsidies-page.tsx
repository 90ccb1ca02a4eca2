import type { CaseLine } from '@jishi/contracts/subsidy/case';
import type { Calculation, Check } from '@jishi/contracts/subsidy/decision';
import {
  listCases,
  listPayeeAccounts,
  listSchemes,
  readCase,
} from '@jishi/contracts/subsidy/endpoints';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { Amount, RegistrationNumber } from '../../../kit/values.tsx';
import { Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { percentOf } from '../names.ts';
import { dealsWords } from '../words.ts';
import '../deals.css';

const TONES: Readonly<Record<CaseLine['status'], Tone>> = {
  open: 'info',
  decided: 'info',
  approved: 'info',
  refused: 'bad',
  batched: 'info',
  instructed: 'info',
  paid: 'ok',
  closed: 'plain',
};
const VERDICTS: Readonly<Record<Check['verdict'], Tone>> = {
  passed: 'ok',
  refused: 'bad',
  needs: 'warn',
};

const CalculationFacts = ({ of }: { of: Calculation }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const exact = (fen: string) => <Amount fen={fen} exact />;
  return (
    <>
      <h3>{w.calculation}</h3>
      <Facts
        items={[
          [w.calcBase, exact(of.baseFen)],
          [w.calcRate, `${percentOf(of.rateBp)} %`],
          [w.calcShare, exact(of.shareFen)],
          [w.calcCap, exact(of.capFen)],
          [w.calcUsed, exact(of.capUsedBeforeFen)],
          [w.calcLeft, exact(of.capRemainingFen)],
          [w.calcCut, exact(of.cutByCapFen)],
          [w.award, exact(of.awardFen)],
        ]}
      />
    </>
  );
};

/** Rule by rule, each with its article and how well it is known. */
const Checks = ({ checks }: { checks: readonly Check[] }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  return (
    <>
      <h3>{w.checks}</h3>
      <ul className="case-checks">
        {checks.map((check) => (
          <li key={check.article}>
            <Tag tone={VERDICTS[check.verdict]}>{w[`verdict.${check.verdict}`]}</Tag>{' '}
            {check[language]} · {language === 'zh' ? check.reasonZh : check.reasonEn}
            <p className="hint">
              {check.source} · {w[`source.${check.status}`]}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
};

const Why = ({ caseId }: { caseId: string }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const query = useRead(readCase, { params: { caseId } });
  return (
    <Load query={query}>
      {({ decision, payment, contract }) => (
        <>
          <p>{contract.title}</p>
          {decision?.content.calculation ? (
            <CalculationFacts of={decision.content.calculation} />
          ) : null}
          {decision ? <Checks checks={decision.content.checks} /> : <p>{w['case.open']}</p>}
          {decision?.content.includesAssumption ? (
            <p className="hint">
              <Tag tone="warn">{w.assumption}</Tag> {w.assumptionNote}
            </p>
          ) : null}
          {payment?.paidOn ? <p>{fill(w.paidOn, { day: payment.paidOn })}</p> : null}
        </>
      )}
    </Load>
  );
};

const CaseCard = (props: { line: CaseLine; scheme: string }): ReactNode => {
  const { line, scheme } = props;
  const { w } = useAreaWords(dealsWords);
  const [open, setOpen] = useParameter('case');
  const isOpen = open === line.caseId;
  return (
    <Section
      title={`${scheme} · ${w[`subsidyRole.${line.role}`]} · ${line.year}`}
      aside={<Tag tone={TONES[line.status]}>{w[`case.${line.status}`]}</Tag>}
    >
      <div className="case-facts">
        <Facts
          items={[
            [
              w.award,
              line.awardFen === null ? (
                w.awardPending
              ) : (
                <Amount key="a" fen={line.awardFen} exact />
              ),
            ],
            [w.base, <Amount key="b" fen={line.baseFen} exact />],
            [w.registrationNumber, <RegistrationNumber key="n" number={line.registrationNumber} />],
          ]}
        />
      </div>
      {line.payableFrom && line.status === 'approved' ? (
        <p className="hint">{fill(w.payableFrom, { day: line.payableFrom })}</p>
      ) : null}
      <p>
        <button
          type="button"
          className="quiet"
          aria-expanded={isOpen}
          onClick={() => setOpen(isOpen ? null : line.caseId)}
        >
          {isOpen ? w.whyClose : w.whyOpen}
          <span className="visually-hidden"> {line.registrationNumber}</span>
        </button>{' '}
        <Link to={`/desk/contracts/${line.contractId}`}>{w.toContract}</Link>
      </p>
      {isOpen ? <Why caseId={line.caseId} /> : null}
    </Section>
  );
};

/** How much do we get, and why? */
export const SubsidiesPage = (): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const cases = useRead(listCases, { query: { order: 'newest', limit: 200 } });
  const schemes = useRead(listSchemes, {});
  const accounts = useRead(listPayeeAccounts, {});
  const nameOf = (scheme: string): string =>
    schemes.data?.items.find((item) => item.scheme === scheme)?.[language] ?? scheme;
  const noAccount = accounts.data?.items.length === 0;
  return (
    <>
      <PageHead
        title={w.subsidies}
        note={w.subsidiesNote}
        ready={cases.data !== undefined && accounts.data !== undefined}
        actions={<Link to="/desk/payee">{w.payeeLink}</Link>}
      />
      {noAccount && (cases.data?.items.length ?? 0) > 0 ? (
        <p className="stale-line" role="status">
          {w.payeeMissing} <Link to="/desk/payee">{w.payeeRegister}</Link>
        </p>
      ) : null}
      <Load query={cases}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty action={<Link to="/desk/contracts">{w.contracts}</Link>}>{w.noSubsidies}</Empty>
          ) : (
            items.map((line) => (
              <CaseCard key={line.caseId} line={line} scheme={nameOf(line.scheme)} />
            ))
          )
        }
      </Load>
    </>
  );
};
