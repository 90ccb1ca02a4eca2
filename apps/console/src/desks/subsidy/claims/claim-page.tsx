import type { ClawbackView } from '@jishi/contracts/subsidy/clawback';
import { readClawback } from '@jishi/contracts/subsidy/endpoints';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { StackBar, Steps, Tag } from '../../../kit/marks.tsx';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, At, Day } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { barText, listed, yuanOf } from '../figures.ts';
import { ClaimTag } from '../status-tags.tsx';
import '../subsidy.css';
import { type SubsidyWords, subsidyWords } from '../words.ts';
import { ClaimActs } from './claim-acts.tsx';

const Way = ({ view }: { view: ClawbackView }) => {
  const { w } = useAreaWords(subsidyWords);
  const times = [view.openedAt, view.demandedAt, view.approvedAt, view.closedAt];
  const names = ['opened', 'demanded', 'approved', 'repaid'] as const;
  const now = times.indexOf(null);
  const stateOf = (i: number) => {
    if (times[i]) return 'done' as const;
    if (view.status === 'withdrawn') return 'stopped' as const;
    return i === now ? ('now' as const) : ('next' as const);
  };
  return (
    <div className="subsidy-way">
      <Steps
        label={w.steps}
        steps={names.map((name, i) => {
          const at = times[i];
          const state = stateOf(i);
          const who = name === 'approved' ? w.another : null;
          const ahead: ReactNode = state === 'stopped' ? w.dropped : who;
          return {
            label: w[`cstage.${name}`],
            state,
            note: at ? <At instant={at} /> : ahead,
          };
        })}
      />
    </div>
  );
};

const ClaimAnswer = ({ view }: { view: ClawbackView }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const left = BigInt(view.amountFen) - BigInt(view.repaidFen);
  const segments = [
    { look: 'this' as const, text: w.repaidBar, size: BigInt(view.repaidFen) },
    { look: 'over' as const, text: w.leftBar, size: left },
  ]
    .filter((segment) => segment.size > 0n)
    .map((segment) => ({
      ...segment,
      label: fill(segment.text, { amount: barText(segment.size, language) }),
    }));
  return (
    <Section title={w.claimAnswer}>
      <div className="answer">
        <div className="answer-main">
          <span className="answer-amount amount">
            {yuanOf(view.amountFen)} <span className="small-unit">{w.yuan}</span>
          </span>
        </div>
        <p className="answer-why">
          {fill(w.claimWhy, { paid: yuanOf(view.paidFen), keeps: yuanOf(view.entitledFen) })}
          <br />
          {view.dueOn ? fill(w.dueOn, { day: view.dueOn }) : null}
        </p>
      </div>
      <div className="cap-place">
        <StackBar
          segments={segments}
          text={listed(
            segments.map((s) => s.label),
            language,
          )}
        />
      </div>
      {view.dueOn ? null : (
        <p className="claim-note">
          <Tag tone="warn">{w['known.ASSUMPTION']}</Tag> {w.noInterest}
        </p>
      )}
    </Section>
  );
};

type RepaymentRow = ClawbackView['repayments'][number];

const columnsOf = (w: SubsidyWords): readonly Column<RepaymentRow>[] => [
  {
    key: 'reference',
    head: w.repayReference,
    cell: (row) => row.bankReference,
    text: (row) => row.bankReference,
  },
  {
    key: 'amount',
    head: w.amountYuan,
    align: 'right',
    cell: (row) => <Amount fen={row.amountFen} exact bare />,
    text: (row) => yuanOf(row.amountFen),
  },
  {
    key: 'on',
    head: w.repayOn,
    cell: (row) => <Day day={row.receivedOn} />,
    text: (row) => row.receivedOn,
  },
];

/** The two answers beside one another: as decided then, and by the facts of now. */
const TwoAnswers = ({ view }: { view: ClawbackView }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const refused = view.reassessed.checks.find((c) => c.article === view.reassessed.decidedBy);
  const reason = refused && (language === 'zh' ? refused.reasonZh : refused.reasonEn);
  const baseOf = (content: ClawbackView['original']) => content.calculation?.baseFen ?? '0';
  return (
    <Section title={w.trace}>
      <Facts
        items={[
          [
            w.original,
            <span key="then">
              <Amount fen={view.paidFen} exact /> · {w['line.base']}{' '}
              <Amount fen={baseOf(view.original)} exact />
            </span>,
          ],
          [
            w.nowFacts,
            <span key="now">
              <Amount fen={view.entitledFen} exact />
              {reason ? ` · ${reason}` : null}
              {reason ? null : (
                <>
                  {' '}
                  · {w['line.base']} <Amount fen={baseOf(view.reassessed)} exact />
                </>
              )}
            </span>,
          ],
          [w.cause, `${w[`change.${view.cause}`]} #${view.causeSeq}`],
          ...(view.demandReason ? [[w.demandReason, view.demandReason] as const] : []),
        ]}
      />
      <p className="claim-note">
        <Link to={`/subsidy/cases/${view.caseId}`}>{w.toCase}</Link>
      </p>
    </Section>
  );
};

/** One claim: how much is to come back, why, and how much has. */
export const ClaimPage = ({ values }: PageProps) => {
  const { w } = useAreaWords(subsidyWords);
  const params = { clawbackId: values.clawbackId ?? '' };
  const query = useRead(readClawback, { params }, { keep: true });
  return (
    <Load query={query} whole>
      {(view) => (
        <>
          <PageHead
            title={fill(w.claimTitle, { party: view.partyName })}
            note={
              <>
                {fill(w.claimNote, {
                  role: w[`role.${view.role}`],
                  number: groupedNumber(view.registrationNumber),
                  seq: view.causeSeq,
                  cause: w[`change.${view.cause}`],
                })}{' '}
                <ClaimTag status={view.status} />
              </>
            }
            actions={<ClaimActs view={view} />}
          />
          <Way view={view} />
          <Columns main={<ClaimAnswer view={view} />} side={<TwoAnswers view={view} />} />
          <Section title={w.repayments}>
            {view.pendingRepayment ? (
              <p className="claim-note">
                <Tag tone="warn">{w.repaymentWaits}</Tag>{' '}
                {fill(w.pendingLine, {
                  amount: yuanOf(view.pendingRepayment.amountFen),
                  day: view.pendingRepayment.receivedOn,
                  reference: view.pendingRepayment.bankReference,
                })}
              </p>
            ) : null}
            {view.repayments.length === 0 ? (
              <p>{w.noRepayments}</p>
            ) : (
              <Table
                caption={w.repayments}
                columns={columnsOf(w)}
                rows={view.repayments}
                rowKey={(row) => row.repaymentId}
                fileName={`repayments-${view.clawbackId}`}
              />
            )}
          </Section>
        </>
      )}
    </Load>
  );
};
