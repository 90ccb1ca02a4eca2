import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { ContractView } from '@jishi/contracts/market/contract';
import { readContract } from '@jishi/contracts/market/trade';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Steps, Tag } from '../../../kit/marks.tsx';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Amount, Copyable } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { type DealsWords, dealsWords } from '../words.ts';
import { FilesSection } from './files-section.tsx';
import { FormSection } from './form-section.tsx';
import { MissingSection } from './missing-section.tsx';
import { ReceiptsSection } from './receipts-section.tsx';
import { RegistrationSection } from './registration-section.tsx';
import { DeclarationsSection, TextSection } from './signing-section.tsx';
import { stageOf, stageText, stageTone, stepsOf } from './stage.ts';
import { useRegistration } from './use-registration.ts';
import '../deals.css';

const WATCH_MS = 4_000;
const RECEIVING: readonly RegistrationView['status'][] = ['registered', 'deregistered', 'revoked'];

const beforeSignatures = (contract: ContractView, w: DealsWords): string => {
  const { you, declarations, signatures } = contract;
  if (you === 'broker') return w[`stage.${contract.contractTextHash ? 'sign' : 'declare'}`];
  if (declarations[you] === null) return w.nextDeclareMine;
  if (contract.contractTextHash === null) return w.nextDeclareOther;
  return signatures.some((s) => s.side === you) ? w.nextSignOther : w.nextSignMine;
};

const afterDelivery = (
  { you, registrant }: ContractView,
  { status }: RegistrationView,
  w: DealsWords,
): string => {
  switch (status) {
    case 'returned':
      return you === registrant ? w.nextReturned : w.nextReturnedOther;
    case 'registered':
      return w.nextRegistered;
    case 'refused':
      return w.nextRefused;
    case 'deregistered':
    case 'revoked':
      return w.nextEnded;
    default:
      return w.nextReview;
  }
};

/** One sentence: what happens next, and who does it. */
const nextText = (
  contract: ContractView,
  registration: RegistrationView | undefined,
  w: DealsWords,
): string => {
  switch (stageOf(contract)) {
    case 'discarded':
      return w['contract.discarded'];
    case 'declare':
    case 'sign':
      return beforeSignatures(contract, w);
    case 'stuck':
      return fill(w.nextStuck, { reason: contract.delivery?.reason ?? '' });
    case 'delivering':
      return w.nextDelivering;
    case 'delivered':
      return registration ? afterDelivery(contract, registration, w) : w.viewIsLate;
  }
};

const FactsSection = ({ contract }: { contract: ContractView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { seller, buyer, broker, terms, you } = contract;
  const mark = (side: typeof you): string => (you === side ? w.you : '');
  return (
    <Section title={w.contract}>
      <Facts
        items={[
          [w.contractValue, <Amount key="c" fen={terms.contractValueFen} exact />],
          [w.technologyValue, <Amount key="t" fen={terms.technologyValueFen} exact />],
          [w['side.seller'], `${seller.name}${mark('seller')}`],
          [w['side.buyer'], `${buyer.name}${mark('buyer')}`],
          ...(broker ? [[w['side.broker'], `${broker.name}${mark('broker')}`] as const] : []),
          [w.contractNumber, <Copyable key="id" text={contract.contractId} />],
        ]}
      />
      <p>
        <Link to={`/desk/negotiations/${contract.negotiationId}`}>{w.toRoom}</Link>
      </p>
    </Section>
  );
};

const Contract = ({ contract }: { contract: ContractView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const registration = useRegistration(contract).data;
  const { you, registrant, status } = contract;
  const side = you === 'broker' ? null : you;
  const isReturned = registration?.status === 'returned';
  const living = status === 'drawn' || stageOf(contract) === 'delivering' || isReturned;
  const papersWanted = status !== 'discarded' && (living || registration === undefined);
  const receiving = registration !== undefined && RECEIVING.includes(registration.status);
  return (
    <>
      <PageHead
        title={contract.head.title}
        note={
          <>
            <Tag tone={stageTone(contract, registration)}>
              {stageText(contract, registration, w)}
            </Tag>{' '}
            {nextText(contract, registration, w)}
          </>
        }
        ready
      />
      <div className="deal-steps">
        <Steps label={w.steps} steps={stepsOf(contract, registration, w)} />
      </div>
      <Columns
        main={
          <>
            {registration ? (
              <RegistrationSection
                contract={contract}
                registration={registration}
                isRegistrant={you === registrant}
              />
            ) : null}
            {receiving && registration ? (
              <ReceiptsSection contract={contract} registration={registration} />
            ) : null}
            {status === 'drawn' ? <DeclarationsSection contract={contract} side={side} /> : null}
            <TextSection contract={contract} side={side} />
            <FormSection
              contract={contract}
              canEdit={you === registrant && papersWanted}
              isReturned={isReturned}
            />
            {status === 'drawn' ? null : <DeclarationsSection contract={contract} side={side} />}
          </>
        }
        side={
          <>
            {papersWanted ? <MissingSection missing={contract.missing} /> : null}
            <FilesSection contract={contract} canAdd={papersWanted} />
            <FactsSection contract={contract} />
          </>
        }
      />
    </>
  );
};

/** Signed? Registered? Paid? And what is missing. */
export const ContractPage = ({ values }: PageProps): ReactNode => {
  const contractId = values.contractId ?? '';
  const query = useRead(readContract, { params: { contractId } }, { everyMs: WATCH_MS });
  return (
    <Load query={query} whole>
      {(contract) => <Contract contract={contract} />}
    </Load>
  );
};
