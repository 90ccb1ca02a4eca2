import { readRegistration } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { ProofFile } from '../../../kit/proof-file.tsx';
import { Load } from '../../../kit/states.tsx';
import { Day, RegistrationNumber } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../registry.css';
import { Tag } from '../../../kit/marks.tsx';
import { statusTone } from '../names.ts';
import { Amounts } from '../review/amounts.tsx';
import { FactSections } from '../review/fact-list.tsx';
import { History } from '../review/history.tsx';
import { PapersSection } from '../review/papers.tsx';
import { bookWords, registryWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { type Ending, ProposeEnd } from './propose-end.tsx';
import { ReceiptsOfContract } from './receipts-of-contract.tsx';
import { Versions } from './versions.tsx';

const useIsDesk = (): boolean => {
  const known = useWho();
  if (known.state !== 'person') return false;
  return known.me.roles.some((role) => role === 'registrar' || role === 'senior-registrar');
};

const Standing = ({ view }: { view: RegistrationView }) => {
  const { w } = useAreaWords(bookWords);
  const { w: r } = useAreaWords(registryWords);
  const { pendingChange, registrationNumber, registeredOn } = view;
  return (
    <Section
      title={w.standing}
      aside={<Tag tone={statusTone(view.status)}>{r[`status.${view.status}`]}</Tag>}
    >
      <Facts
        items={[
          [w.number, registrationNumber ? <RegistrationNumber number={registrationNumber} /> : '—'],
          [w.registeredOn, registeredOn ? <Day day={registeredOn} /> : '—'],
          [w.amendments, fill(w.times, { n: view.amendment })],
          [w.regime, view.regime ?? '—'],
        ]}
      />
      {pendingChange ? (
        <p className="stale-line">
          {fill(w.pendingHere, {
            kind: w[`kind.${pendingChange.kind}`],
            day: pendingChange.expiresOn,
          })}{' '}
          <Link to={`/registry/changes/${view.contractId}`}>{w.toProposal}</Link>
        </p>
      ) : null}
      <ProofFile contractId={view.contractId} number={registrationNumber} />
    </Section>
  );
};

const Changes = (props: { view: RegistrationView; onEnd: (kind: Ending) => void }) => {
  const { w } = useAreaWords(bookWords);
  const { view, onEnd } = props;
  return (
    <>
      <Link to={`/registry/registered/${view.contractId}/amend`} className="outlined">
        {w['kind.amend']}
      </Link>
      <button type="button" className="outlined" onClick={() => onEnd('deregister')}>
        {w['kind.deregister']}
      </button>
      <button type="button" className="outlined" onClick={() => onEnd('revoke')}>
        {w['kind.revoke']}
      </button>
    </>
  );
};

const Record = ({ view }: { view: RegistrationView }) => {
  const { w } = useAreaWords(bookWords);
  const isDesk = useIsDesk();
  const [ending, setEnding] = useState<Ending | null>(null);
  const mayErase = isDesk && view.registrationNumber !== null && view.pendingChange === null;
  const mayChange = mayErase && view.status === 'registered';
  return (
    <>
      <PageHead
        title={view.private.title}
        note={<Link to="/registry/registered">{w.backToRegister}</Link>}
        actions={
          <>
            {mayChange ? <Changes view={view} onEnd={setEnding} /> : null}
            {mayErase ? (
              <button type="button" className="outlined" onClick={() => setEnding('erase')}>
                {w['kind.erase']}
              </button>
            ) : null}
          </>
        }
      />
      <Columns
        main={
          <>
            <Amounts of={view} findings={[]} />
            <FactSections of={view} findings={[]} />
            <ReceiptsOfContract view={view} />
            <PapersSection of={view} />
          </>
        }
        side={
          <>
            <Standing view={view} />
            <Versions view={view} />
            <History contractId={view.contractId} />
          </>
        }
      />
      <ProposeEnd view={view} kind={ending} onClose={() => setEnding(null)} />
    </>
  );
};

/** A registered contract with its facts, its versions, its receipts and all that happened. */
export const RecordPage = ({ values }: PageProps) => {
  const written = useWritten();
  const contractId = values.contractId ?? '';
  const query = useRead(
    readRegistration,
    { params: { contractId }, query: written },
    { keep: true },
  );
  return (
    <Load query={query} whole>
      {(view) => <Record view={view} />}
    </Load>
  );
};
