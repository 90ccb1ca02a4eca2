import { newId } from '@jishi/contracts/ids';
import type { RegistrationView, ReviewClock } from '@jishi/contracts/ledger/registration';
import { readRegistrationReasons } from '@jishi/contracts/ledger/registry-endpoints';
import type { ContractView } from '@jishi/contracts/market/contract';
import { resubmitContract } from '@jishi/contracts/market/registration-papers';
import { type ReactNode, useState } from 'react';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { ProofFile } from '../../../kit/proof-file.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Day, RegistrationNumber } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useIntention } from '../intention.ts';
import { dealsWords } from '../words.ts';
import { type Staged, stageText, stageTone } from './stage.ts';

const SOON = 3;

/** 法定时限 in working days and as a date, with how well the rule itself is known. */
export const Clock = ({ clock }: { clock: ReviewClock }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { dueOn: day, workingDaysLeft, overdueWorkingDays, overdue, decidedOn } = clock;
  const text =
    decidedOn !== null
      ? fill(w.clockDone, { day })
      : overdue
        ? fill(w.clockOver, { n: overdueWorkingDays, day })
        : fill(w.clockLeft, { n: workingDaysLeft ?? 0, day });
  const tone =
    decidedOn !== null
      ? 'plain'
      : overdue
        ? 'bad'
        : (workingDaysLeft ?? 0) <= SOON
          ? 'warn'
          : 'info';
  return (
    <>
      <Tag tone={tone}>{text}</Tag>{' '}
      <span className="hint">
        {w[`source.${clock.status}`]}
        {clock.provisional ? ` · ${w.clockProvisional}` : ''}
      </span>
    </>
  );
};

const Reasons = ({ reasons }: { reasons: RegistrationView['reasons'] }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const list = useRead(readRegistrationReasons, {});
  return (
    <div className="reasons">
      <h3>{w.reasons}</h3>
      <ul>
        {reasons.map(({ code, note }) => {
          const known = list.data?.items.find((item) => item.code === code);
          return (
            <li key={`${code} ${note}`}>
              {known?.[language] ?? code}
              {note ? `：${note}` : ''}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

const newFilesOf = ({ files, submissions }: ContractView): number => {
  const last = submissions.at(-1)?.fileIds ?? [];
  return files.filter((f) => f.kind !== 'receipt-evidence' && !last.includes(f.fileId)).length;
};

const ResubmitButton = (props: {
  contract: ContractView;
  registration: RegistrationView;
}): ReactNode => {
  const { contract, registration } = props;
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [commandId, next] = useIntention(newId);
  const act = useAct(resubmitContract, () => {
    next();
    setOpen(false);
    say(w.resubmitSaid);
  });
  const trouble = useTrouble(act);
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.resubmit}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.resubmit}
        act={w.resubmit}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { contractId: contract.contractId },
            body: { commandId, registrationVersion: registration.version },
          })
        }
      >
        <p>{fill(w.resubmitBody, { n: newFilesOf(contract) })}</p>
      </Confirm>
    </>
  );
};

const Returned = (props: {
  contract: ContractView;
  registration: RegistrationView;
  isRegistrant: boolean;
}): ReactNode => {
  const { contract, registration, isRegistrant } = props;
  const { w } = useAreaWords(dealsWords);
  const answered = contract.submissions.some(
    (sent) => sent.registrationVersion === registration.version,
  );
  return (
    <>
      <p className="hint">{w.clockRestart}</p>
      <p className="hint">{w.textChangeNote}</p>
      {answered ? <p role="status">{w.resubmitWaiting}</p> : null}
      {isRegistrant && !answered ? (
        <div className="form-actions">
          <ResubmitButton contract={contract} registration={registration} />
        </div>
      ) : null}
    </>
  );
};

/** State, clock, number and reasons: of a contract signed here, or of one of paper. */
export const RegistrationFacts = (props: {
  contract: Staged;
  registration: RegistrationView;
  /** What answers a return. */
  children?: ReactNode;
}): ReactNode => {
  const { contract, registration } = props;
  const { w } = useAreaWords(dealsWords);
  const { acceptedOn, clock, registrationNumber, registeredOn, seq, status } = registration;
  const isOpen = status === 'returned' || status === 'refused';
  return (
    <Section title={w.registrationOf} id="registration" aside={fill(w.ledgerPlace, { seq })}>
      {registrationNumber ? (
        <p className="registered-number">
          <span className="hint">{w.registrationNumber}</span>{' '}
          <RegistrationNumber number={registrationNumber} />
        </p>
      ) : null}
      <Facts
        items={[
          [
            w.state,
            <Tag key="state" tone={stageTone(contract, registration)}>
              {stageText(contract, registration, w)}
            </Tag>,
          ],
          [
            w.submittedOn,
            <>
              <Day day={registration.submittedOn} /> ·{' '}
              {fill(w.submissions, { n: registration.submissions })}
            </>,
          ],
          ...(acceptedOn ? [[w.acceptedOn, <Day key="a" day={acceptedOn} />] as const] : []),
          ...(clock ? [[w.clock, <Clock key="c" clock={clock} />] as const] : []),
          ...(registeredOn ? [[w.registeredOn, <Day key="r" day={registeredOn} />] as const] : []),
        ]}
      />
      {isOpen ? <Reasons reasons={registration.reasons} /> : null}
      {status === 'returned' ? props.children : null}
      <ProofFile contractId={registration.contractId} number={registrationNumber} />
    </Section>
  );
};

/** 认定登记 as the parties see it: state, clock, number, and what the desk asks for. */
export const RegistrationSection = (props: {
  contract: ContractView;
  registration: RegistrationView;
  isRegistrant: boolean;
}): ReactNode => (
  <RegistrationFacts contract={props.contract} registration={props.registration}>
    <Returned {...props} />
  </RegistrationFacts>
);
