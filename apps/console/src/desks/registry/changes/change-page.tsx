import { readRegistration } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { useRead } from '../../../api/queries.ts';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { Amount, Day, RegistrationNumber } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../registry.css';
import { Amounts } from '../review/amounts.tsx';
import { History } from '../review/history.tsx';
import { today } from '../today.ts';
import { bookWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { ChangeActs } from './change-acts.tsx';
import { Consequences } from './consequences.tsx';
import { Differences } from './differences.tsx';
import { type Duty, dutyOf } from './duties.ts';

type Pending = NonNullable<RegistrationView['pendingChange']>;

const Receipt = (props: { view: RegistrationView; receiptId: string }) => {
  const { w } = useAreaWords(bookWords);
  const receipt = props.view.receipts.find((one) => one.receiptId === props.receiptId);
  if (!receipt) return null;
  return (
    <Section title={w.receiptToReverse}>
      <Facts
        items={[
          [w.receivedYuan, <Amount key="fen" fen={receipt.amountFen} exact />],
          [w.receivedOn, <Day key="on" day={receipt.receivedOn} />],
          [w.bankReference, receipt.bankReference],
        ]}
      />
    </Section>
  );
};

const What = (props: { view: RegistrationView; pending: Pending }) => {
  const { w } = useAreaWords(bookWords);
  const { view, pending } = props;
  return (
    <>
      {pending.amended ? (
        <Section title={w.differences}>
          <Differences before={view} after={pending.amended} />
        </Section>
      ) : null}
      {pending.receiptId ? <Receipt view={view} receiptId={pending.receiptId} /> : null}
      <Section title={w.reasons}>
        <ul className="reason-lines">
          {pending.reasons.map((reason) => (
            <li key={reason.code}>{reason.note || reason.code}</li>
          ))}
        </ul>
      </Section>
      {pending.amended || pending.receiptId ? null : <Amounts of={view} findings={[]} />}
    </>
  );
};

/** Why the reader cannot confirm it, when so. */
const DutyLine = ({ duty, late }: { duty: Duty | null; late: boolean }) => {
  const { w } = useAreaWords(bookWords);
  if (late) return <p className="stale-line">{w['duty.expired']}</p>;
  if (duty === null || duty === 'confirms') return null;
  return <p className="stale-line">{w[`duty.${duty}`]}</p>;
};

const Change = (props: { view: RegistrationView; pending: Pending }) => {
  const { w } = useAreaWords(bookWords);
  const known = useWho();
  const { view, pending } = props;
  const duty = known.state === 'person' ? dutyOf(pending, known.me.roles) : null;
  const late = pending.expiresOn < today();
  return (
    <>
      <PageHead
        title={fill(w.changeTitle, { kind: w[`kind.${pending.kind}`] })}
        note={
          <>
            <Link to={`/registry/registered/${view.contractId}`}>{view.private.title}</Link>
            {' · '}
            <Link to="/registry/changes">{w.backToChanges}</Link>
          </>
        }
        ready={duty !== null}
        actions={duty ? <ChangeActs view={view} pending={pending} duty={duty} /> : null}
      />
      <DutyLine duty={duty} late={late} />
      <Columns
        main={
          <>
            <What view={view} pending={pending} />
            <History contractId={view.contractId} />
          </>
        }
        side={
          <>
            <Section title={w.ifConfirmed}>
              <Consequences of={view} kind={pending.kind} amended={pending.amended} />
            </Section>
            <Section title={w.proposal}>
              <Facts
                items={[
                  [
                    w.number,
                    view.registrationNumber ? (
                      <RegistrationNumber key="n" number={view.registrationNumber} />
                    ) : (
                      '—'
                    ),
                  ],
                  [w.proposedOn, <Day key="on" day={pending.proposedOn} />],
                  [w.confirmUntil, <Day key="until" day={pending.expiresOn} />],
                ]}
              />
            </Section>
          </>
        }
      />
    </>
  );
};

/** One proposal: what would change, why, and what follows. */
export const ChangePage = ({ values }: PageProps) => {
  const { w } = useAreaWords(bookWords);
  const contractId = values.contractId ?? '';
  const written = useWritten();
  const query = useRead(
    readRegistration,
    { params: { contractId }, query: written },
    { keep: true },
  );
  return (
    <Load query={query} whole>
      {(view) =>
        view.pendingChange ? (
          <Change view={view} pending={view.pendingChange} />
        ) : (
          <>
            <PageHead title={w.proposal} />
            <Empty action={<Link to={`/registry/registered/${contractId}`}>{w.toRecord}</Link>}>
              {w.noProposal}
            </Empty>
          </>
        )
      }
    </Load>
  );
};
