import { listRegistrations } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { listPaperContracts, type PaperContractRow } from '@jishi/contracts/market/paper-contracts';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount } from '../../../kit/values.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { Clock } from '../contract/registration-section.tsx';
import { stageText, stageTone } from '../contract/stage.ts';
import { useRegistration } from '../contract/use-registration.ts';
import { type DealsWords, dealsWords } from '../words.ts';

const PAGE_SIZE = 50;
const WATCH_MS = 10_000;

interface Row {
  readonly paper: PaperContractRow;
  readonly registration: RegistrationView | undefined;
}

const State = ({ paper, registration }: Row): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const clock = registration?.clock;
  return (
    <>
      <Tag tone="plain">{w.paper}</Tag>{' '}
      <Tag tone={stageTone(paper, registration)}>{stageText(paper, registration, w)}</Tag>
      {clock && clock.decidedOn === null ? (
        <p>
          <Clock clock={clock} />
        </p>
      ) : null}
    </>
  );
};

/** One that the ledger's list does not reach to is asked for by itself. */
const AskedState = ({ paper }: { paper: PaperContractRow }): ReactNode => (
  <State paper={paper} registration={useRegistration(paper).data} />
);

const otherOf = ({ you, seller, buyer }: PaperContractRow): string =>
  you === 'seller' ? buyer.name : seller.name;

const numberOf = ({ registration }: Row): string =>
  registration?.registrationNumber ? groupedNumber(registration.registrationNumber) : '—';

const columnsOf = (w: DealsWords): readonly Column<Row>[] => [
  {
    key: 'title',
    head: w.contract,
    cell: ({ paper }) => paper.title,
    text: ({ paper }) => paper.title,
  },
  {
    key: 'other',
    head: w.otherSide,
    cell: ({ paper }) => otherOf(paper),
    text: ({ paper }) => otherOf(paper),
  },
  {
    key: 'state',
    head: w.state,
    cell: (row) => (row.registration ? <State {...row} /> : <AskedState paper={row.paper} />),
    text: ({ paper, registration }) => stageText(paper, registration, w),
  },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: ({ paper }) => <Amount fen={paper.contractValueFen} />,
    text: ({ paper }) => paper.contractValueFen,
  },
  {
    key: 'signed',
    head: w.signedOn,
    cell: ({ paper }) => paper.signedOn,
    text: ({ paper }) => paper.signedOn,
  },
  {
    key: 'number',
    head: w.registrationNumber,
    cell: (row) => <span className="mono">{numberOf(row)}</span>,
    text: numberOf,
  },
];

/** What was signed on paper and imported; nothing when there is none. */
export const PapersSection = (): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const [after, setAfter] = useParameter('papers');
  const query = useRead(
    listPaperContracts,
    { query: { limit: PAGE_SIZE, ...(after ? { after } : {}) } },
    { everyMs: WATCH_MS, keep: true },
  );
  const some = (query.data?.items.length ?? 0) > 0;
  const registrations = useRead(
    listRegistrations,
    { query: { limit: 200 } },
    { keep: true, when: some, everyMs: WATCH_MS },
  );
  if (query.data && !some && !after) return null;
  const known = new Map(registrations.data?.items.map((item) => [item.contractId, item]));
  return (
    <Section title={w.papers} id="papers">
      <Load query={query}>
        {({ items, next }) => (
          <>
            <Table
              caption={w.papers}
              columns={columnsOf(w)}
              rows={
                registrations.data || registrations.isError
                  ? items.map((paper) => ({
                      paper,
                      registration: known.get(paper.contractId),
                    }))
                  : []
              }
              rowKey={({ paper }) => paper.contractId}
              to={({ paper }) => `/desk/paper-contracts/${paper.contractId}`}
            />
            <p className="form-actions">
              {after ? (
                <button type="button" className="quiet" onClick={() => setAfter(null)}>
                  {w.papersNewest}
                </button>
              ) : null}
              {next ? (
                <button type="button" className="quiet" onClick={() => setAfter(next)}>
                  {w.papersMore}
                </button>
              ) : null}
            </p>
          </>
        )}
      </Load>
    </Section>
  );
};
