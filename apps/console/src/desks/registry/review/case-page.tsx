import { readRegistration } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { readRegistrationChecks } from '@jishi/contracts/ledger/registry-endpoints';
import { useRead } from '../../../api/queries.ts';
import { Columns, PageHead } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load } from '../../../kit/states.tsx';
import { RegistrationNumber, ShortId } from '../../../kit/values.tsx';
import { go, Link, useParameter } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../registry.css';
import { contractTypeName } from '../names.ts';
import { caseAddress, queueAddress, type Shown, shownOf } from '../queue/queue-filter.ts';
import { registryWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { Amounts } from './amounts.tsx';
import { CaseClock } from './case-clock.tsx';
import { Checks } from './checks.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { decisionsFor } from './decisions.ts';
import { FactSections } from './fact-list.tsx';
import { History } from './history.tsx';
import { neighboursIn, nextAfterDeciding, useQueueOrder } from './neighbours.ts';
import { PapersSection } from './papers.tsx';
import type { Decision } from './use-decision.ts';

const useRoles = () => {
  const known = useWho();
  return known.state === 'person' ? known.me.roles : [];
};

const Head = (props: { view: RegistrationView; shown: Shown; ids: readonly string[] }) => {
  const { w, language } = useAreaWords(registryWords);
  const { view, ids } = props;
  const { place } = neighboursIn(ids, view.contractId);
  return (
    <PageHead
      title={view.private.title}
      note={
        <>
          {contractTypeName(view.public.contractType, language)}
          {' · '}
          {view.registrationNumber ? (
            <Link to={`/registry/registered/${view.contractId}`}>{w.toRecord}</Link>
          ) : (
            <ShortId id={view.contractId} />
          )}
          {' · '}
          <Link to={queueAddress(props.shown)}>{w.backToQueue}</Link>
          {place ? fill(w.placeInQueue, { n: place.n, of: place.of }) : null}
        </>
      }
      actions={
        view.registrationNumber ? <RegistrationNumber number={view.registrationNumber} /> : null
      }
    />
  );
};

/** One contract for review: left the contract, right the clock and the checks, below the acts. */
const Case = (props: { view: RegistrationView; shown: Shown }) => {
  const { w } = useAreaWords(registryWords);
  const say = useSay();
  const { view, shown } = props;
  const { contractId } = view;
  const written = useWritten();
  const checks = useRead(
    readRegistrationChecks,
    { params: { contractId }, query: written },
    { keep: true },
  );
  const ids = useQueueOrder(shown);
  const roles = useRoles();
  const firstReviewedByMe = checks.data?.firstReviewedByMe ?? false;
  const split = (checks.data?.splitWith.length ?? 0) > 0;
  const needsSecondReview = view.needsSecondReview || split;
  const decisions = decisionsFor(
    { status: view.status, needsSecondReview, firstReviewedByMe },
    roles,
  );
  const open = (id: string | null): void =>
    go(id === null ? queueAddress(shown) : caseAddress(id, shown));
  const done = (decision: Decision): void => {
    const next = nextAfterDeciding(ids, contractId);
    const approved = decisions.may ? w[`done.${decisions.approval}`] : w['done.registers'];
    const what = decision === 'approve' ? approved : w[`done.${decision}`];
    const then = next === null ? w.doneLast : w.doneNext;
    say(fill(then, { what: fill(what, { title: view.private.title }) }));
    open(next);
  };
  const step = (which: 'before' | 'after'): void => {
    const id = neighboursIn(ids, contractId)[which];
    if (id === null) say(which === 'after' ? w.noneAfter : w.noneBefore);
    else open(id);
  };
  const findings = checks.data?.items ?? [];
  return (
    <div className="case">
      <Head view={view} shown={shown} ids={ids} />
      <Columns
        main={
          <>
            <Amounts of={view} findings={findings} />
            <FactSections of={view} findings={findings} />
            <PapersSection of={view} />
            <History contractId={contractId} />
          </>
        }
        side={
          <div className="case-side">
            <CaseClock view={view} checks={checks.data} />
            <Load query={checks}>{(data) => <Checks checks={data} />}</Load>
          </div>
        }
      />
      <DecisionBar
        view={view}
        checks={checks.data}
        decisions={decisions}
        onDone={done}
        onStep={step}
      />
    </div>
  );
};

export const CasePage = ({ values }: PageProps) => {
  const written = useWritten();
  const [show] = useParameter('show');
  const contractId = values.contractId ?? '';
  const query = useRead(
    readRegistration,
    { params: { contractId }, query: written },
    { keep: true },
  );
  return (
    <Load query={query} whole>
      {(view) => <Case view={view} shown={shownOf(show)} />}
    </Load>
  );
};
