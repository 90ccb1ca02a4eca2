import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { type PaperContractView, readPaperContract } from '@jishi/contracts/market/paper-contracts';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Amount, At, Copyable, Hash } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { FilesSection } from '../contract/files-section.tsx';
import { MissingSection } from '../contract/missing-section.tsx';
import { RegistrationFacts } from '../contract/registration-section.tsx';
import { stageOf, stageText, stageTone } from '../contract/stage.ts';
import { useRegistration } from '../contract/use-registration.ts';
import { typeName } from '../names.ts';
import { type DealsWords, dealsWords } from '../words.ts';
import { CorrectionForm } from './correction-form.tsx';
import '../deals.css';

const WATCH_MS = 4_000;

/** One sentence: what happens next, and who does it. */
const nextText = (
  contract: PaperContractView,
  registration: RegistrationView | undefined,
  w: DealsWords,
): string => {
  const stage = stageOf(contract);
  if (stage === 'stuck') return fill(w.nextStuck, { reason: contract.delivery?.reason ?? '' });
  if (stage === 'delivering') return w.nextDelivering;
  switch (registration?.status) {
    case undefined:
      return w.viewIsLate;
    case 'returned':
      return w.paperNextReturned;
    case 'registered':
      return w.paperNextRegistered;
    case 'refused':
      return w.nextRefused;
    case 'deregistered':
    case 'revoked':
      return w.nextEnded;
    default:
      return w.paperNextReview;
  }
};

const FactsSection = ({ contract }: { contract: PaperContractView }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const { seller, buyer, you, importId, row } = contract;
  const mark = (side: 'seller' | 'buyer'): string => (you === side ? w.you : '');
  return (
    <Section title={w.paperFacts}>
      <Facts
        items={[
          [w.contractValue, <Amount key="c" fen={contract.contractValueFen} exact />],
          [w.technologyValue, <Amount key="t" fen={contract.technologyValueFen} exact />],
          [w['part.contractType'], typeName(contract.contractType, language)],
          [w['side.seller'], `${seller.name}${mark('seller')}`],
          [w['side.buyer'], `${buyer.name}${mark('buyer')}`],
          [w.signedOn, contract.signedOn],
          [w.paperImported, <At key="at" instant={contract.importedAt} />],
          [w.paperTextHash, <Hash key="hash" hex={contract.contractTextHash} />],
          [w.contractNumber, <Copyable key="id" text={contract.contractId} />],
        ]}
      />
      <p>
        <Link to={`/desk/import/${importId}`}>{w.paperImport}</Link> ·{' '}
        {fill(w.paperRow, { n: row })}
      </p>
    </Section>
  );
};

const Answer = (props: {
  contract: PaperContractView;
  registration: RegistrationView;
}): ReactNode => {
  const { contract, registration } = props;
  const { w } = useAreaWords(dealsWords);
  const answered = contract.submissions.some(
    (sent) => sent.registrationVersion === registration.version,
  );
  return (
    <>
      <p className="hint">{w.clockRestart}</p>
      {answered ? <p role="status">{w.resubmitWaiting}</p> : null}
    </>
  );
};

const ENDED: readonly RegistrationView['status'][] = ['refused', 'deregistered', 'revoked'];

const Paper = ({ contract }: { contract: PaperContractView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const registration = useRegistration(contract).data;
  const status = registration?.status;
  const version = registration?.version ?? 0;
  const isAnswered = contract.submissions.some((sent) => sent.registrationVersion === version);
  const canAdd = status === undefined || !ENDED.includes(status);
  const isOpen = canAdd && status !== 'registered';
  return (
    <>
      <PageHead
        title={contract.title}
        note={
          <>
            <Tag tone="plain">{w.paper}</Tag>{' '}
            <Tag tone={stageTone(contract, registration)}>
              {stageText(contract, registration, w)}
            </Tag>{' '}
            {nextText(contract, registration, w)}
          </>
        }
        ready
      />
      <Columns
        main={
          <>
            {registration ? (
              <RegistrationFacts contract={contract} registration={registration}>
                <Answer contract={contract} registration={registration} />
              </RegistrationFacts>
            ) : null}
            {status === 'returned' && !isAnswered ? (
              <CorrectionForm key={version} contract={contract} registrationVersion={version} />
            ) : null}
            <FactsSection contract={contract} />
          </>
        }
        side={
          <>
            {isOpen ? (
              <MissingSection missing={contract.missing} hint={w.paperMissingHint} />
            ) : null}
            <FilesSection contract={contract} canAdd={isOpen} />
          </>
        }
      />
    </>
  );
};

/** A contract of paper: where it stands at the registration, its papers, and an answer. */
export const PaperPage = ({ values }: PageProps): ReactNode => {
  const contractId = values.contractId ?? '';
  const query = useRead(readPaperContract, { params: { contractId } }, { everyMs: WATCH_MS });
  return (
    <Load query={query} whole>
      {(contract) => <Paper contract={contract} />}
    </Load>
  );
};
