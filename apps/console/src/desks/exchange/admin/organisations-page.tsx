import {
  type AdministeredOrganisation,
  listOrganisations,
} from '@jishi/contracts/market/administration';
import { useForm } from 'react-hook-form';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { TextField } from '../../../kit/fields.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At } from '../../../kit/values.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { GrantTable } from './grant-table.tsx';
import { adminWords } from './words.ts';

const SHOWN = ['waiting', 'verified', 'refused'] as const;
const PAGE_SIZE = 200;

export const CheckTag = ({ organisation }: { organisation: AdministeredOrganisation }) => {
  const { w } = useAreaWords(adminWords);
  if (organisation.verified) return <Tag tone="ok">{w.outcomeVerified}</Tag>;
  if (organisation.lastCheck) return <Tag tone="bad">{w.outcomeRefused}</Tag>;
  return <Tag tone="warn">{w.notChecked}</Tag>;
};

const Find = () => {
  const { w } = useAreaWords(adminWords);
  const [q, setQ] = useParameter('q');
  const form = useForm({ defaultValues: { q: q ?? '' } });
  return (
    <form onSubmit={form.handleSubmit(({ q: text }) => setQ(text.trim() || null))}>
      <TextField control={form.control} name="q" label={w.search} optional />
      <p className="form-actions">
        <button type="submit" className="outlined">
          {w.find}
        </button>
      </p>
    </form>
  );
};

const OrganisationTable = (props: { check: (typeof SHOWN)[number]; q: string | null }) => {
  const { w } = useAreaWords(adminWords);
  const query = useRead(
    listOrganisations,
    {
      query: { check: props.check, limit: PAGE_SIZE, ...(props.q ? { q: props.q } : {}) },
    },
    { keep: true },
  );
  const columns: readonly Column<AdministeredOrganisation>[] = [
    { key: 'name', head: w.name, cell: (row) => row.name, text: (row) => row.name },
    {
      ...{ key: 'code', head: w.code },
      cell: (row) => <span className="mono">{row.uscc ?? row.country}</span>,
      text: (row) => row.uscc ?? row.country ?? '',
    },
    {
      ...{ key: 'members', head: w.members },
      cell: (row) => (
        <>
          {row.members}
          {row.pendingMembers > 0 ? (
            <Tag tone="info">{fill(w.pending, { n: row.pendingMembers })}</Tag>
          ) : null}
        </>
      ),
      text: (row) => String(row.members),
    },
    {
      ...{ key: 'at', head: w.signedUp },
      cell: (row) => <At instant={row.createdAt} />,
      text: (row) => row.createdAt,
    },
    { key: 'state', head: w.state, cell: (row) => <CheckTag organisation={row} />, text: () => '' },
  ];
  const empty = { waiting: w.noneWaiting, verified: w.noneVerified, refused: w.noneRefused };
  return (
    <Load query={query}>
      {(data) =>
        data.items.length === 0 ? (
          <Empty>{empty[props.check]}</Empty>
        ) : (
          <Table
            caption={w.organisations}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            to={(row) => `/admin/organisations/${row.id}`}
            fileName={`jishi-organisations-${props.check}`}
            keys
          />
        )
      }
    </Load>
  );
};

/** Who waits to be checked, who has been, and which roles were granted. */
export const OrganisationsPage = () => {
  const { w } = useAreaWords(adminWords);
  const [show] = useParameter('show');
  const [q] = useParameter('q');
  const check = SHOWN.find((one) => one === show) ?? 'waiting';
  return (
    <>
      <PageHead title={w.organisations} note={w.organisationsNote} />
      <Choices
        label={w.filter}
        parameter="show"
        choices={[
          { value: null, label: w.waiting },
          { value: 'verified', label: w.verified },
          { value: 'refused', label: w.refused },
          { value: 'grants', label: w.grants },
        ]}
      />
      {show === 'grants' ? (
        <Section title={w.grants}>
          <GrantTable />
        </Section>
      ) : (
        <Section title={w[check]}>
          <Find />
          <OrganisationTable key={check} check={check} q={q} />
        </Section>
      )}
    </>
  );
};
