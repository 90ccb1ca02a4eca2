import { listRegistrations } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { ContractView } from '@jishi/contracts/market/contract';
import { exportOwnContracts } from '@jishi/contracts/market/import-endpoints';
import { listContracts } from '@jishi/contracts/market/trade';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { ExportLinks } from '../../../kit/export-links.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useAreaWords } from '../../../words/area.ts';
import { PapersSection } from '../paper/papers-section.tsx';
import { type DealsWords, dealsWords } from '../words.ts';
import { stageText, stageTone } from './stage.ts';
import '../deals.css';

const PAGE_SIZE = 100;
const WATCH_MS = 10_000;

interface Row {
  readonly contract: ContractView;
  readonly registration: RegistrationView | undefined;
}

const otherOf = ({ you, seller, buyer }: ContractView): string =>
  you === 'seller' ? buyer.name : you === 'buyer' ? seller.name : `${seller.name} · ${buyer.name}`;

const numberOf = ({ registration }: Row): string =>
  registration?.registrationNumber ? groupedNumber(registration.registrationNumber) : '—';

const columnsOf = (w: DealsWords): readonly Column<Row>[] => [
  {
    key: 'title',
    head: w.contract,
    cell: ({ contract }) => contract.head.title,
    text: ({ contract }) => contract.head.title,
  },
  {
    key: 'other',
    head: w.otherSide,
    cell: ({ contract }) => otherOf(contract),
    text: ({ contract }) => otherOf(contract),
  },
  {
    key: 'state',
    head: w.state,
    cell: ({ contract, registration }) => (
      <Tag tone={stageTone(contract, registration)}>{stageText(contract, registration, w)}</Tag>
    ),
    text: ({ contract, registration }) => stageText(contract, registration, w),
  },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: ({ contract }) => <Amount fen={contract.terms.contractValueFen} />,
    text: ({ contract }) => contract.terms.contractValueFen,
  },
  {
    key: 'technology',
    head: w.technologyValue,
    align: 'right',
    cell: ({ contract }) => <Amount fen={contract.terms.technologyValueFen} />,
    text: ({ contract }) => contract.terms.technologyValueFen,
  },
  {
    key: 'signed',
    head: w.signedOn,
    cell: ({ contract }) => contract.signedOn ?? '—',
    text: ({ contract }) => contract.signedOn ?? '',
  },
  {
    key: 'number',
    head: w.registrationNumber,
    cell: (row) => <span className="mono">{numberOf(row)}</span>,
    text: numberOf,
  },
];

const Contracts = ({ contracts }: { contracts: readonly ContractView[] }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const registrations = useRead(listRegistrations, { query: { limit: 200 } }, { keep: true });
  if (contracts.length === 0) {
    return (
      <Empty action={<Link to="/desk/negotiations">{w.negotiations}</Link>}>{w.noContracts}</Empty>
    );
  }
  const known = new Map(registrations.data?.items.map((item) => [item.contractId, item]));
  return (
    <Table
      caption={w.contracts}
      columns={columnsOf(w)}
      rows={contracts.map((contract) => ({
        contract,
        registration: known.get(contract.contractId),
      }))}
      rowKey={({ contract }) => contract.contractId}
      to={({ contract }) => `/desk/contracts/${contract.contractId}`}
      fileName={w.contracts}
      keys
    />
  );
};

/** Signed? Registered? Paid? */
export const ContractsPage = (): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const known = useWho();
  const roles = known.state === 'person' ? known.me.roles : [];
  const canImport = roles.includes('listing-officer') || roles.includes('buyer');
  const query = useRead(
    listContracts,
    { query: { limit: PAGE_SIZE } },
    { everyMs: WATCH_MS, keep: true },
  );
  return (
    <>
      <PageHead title={w.contracts} ready={query.data !== undefined || query.isError} />
      <Load query={query}>{({ items }) => <Contracts contracts={items} />}</Load>
      {canImport ? <PapersSection /> : null}
      <ExportLinks endpoint={exportOwnContracts} />
    </>
  );
};
