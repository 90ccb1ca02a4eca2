import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readAudit } from '@jishi/contracts/market/administration';
import { useForm } from 'react-hook-form';
import { useRead } from '../../../api/queries.ts';
import { SelectField, TextField } from '../../../kit/fields.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, ShortId } from '../../../kit/values.tsx';
import { addressWith, Link, replaceAddress, usePlace } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useWords } from '../../../words/words.tsx';
import '../exchange.css';
import { actName } from './act-names.ts';
import { auditWords } from './words.ts';

type Entry = AnswerOf<typeof readAudit>['items'][number];

const NAMES = ['act', 'actor', 'object', 'from', 'to'] as const;
type Filters = Record<(typeof NAMES)[number], string>;

const filtersOf = (search: string): Filters => {
  const parameters = new URLSearchParams(search);
  const of = (name: string): string => parameters.get(name) ?? '';
  return {
    act: of('act'),
    actor: of('actor'),
    object: of('object'),
    from: of('from'),
    to: of('to'),
  };
};

const asked = (filters: Filters): Partial<Filters> =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));

const Filter = (props: { filters: Filters; acts: readonly string[] }) => {
  const { w, language } = useAreaWords(auditWords);
  const form = useForm<Filters>({ defaultValues: props.filters });
  const find = (values: Filters): void => {
    const parameters = new URLSearchParams(window.location.search);
    for (const name of [...NAMES, 'before']) parameters.delete(name);
    for (const [name, value] of Object.entries(asked(values))) {
      if (value) parameters.set(name, value.trim());
    }
    replaceAddress(`${window.location.pathname}?${parameters}`);
  };
  return (
    <form onSubmit={form.handleSubmit(find)} className="filter-grid">
      <SelectField
        control={form.control}
        name="act"
        label={w.act}
        none={w.anyAct}
        options={props.acts.map((value) => ({ value, label: actName(value, language) }))}
      />
      <TextField control={form.control} name="actor" label={w.whoId} optional />
      <TextField
        control={form.control}
        name="object"
        label={w.object}
        hint={w.objectHint}
        optional
      />
      <TextField control={form.control} name="from" label={w.from} kind="date" optional />
      <TextField control={form.control} name="to" label={w.to} kind="date" optional />
      <p className="form-actions">
        <button type="submit" className="primary">
          {w.find}
        </button>
      </p>
    </form>
  );
};

const Change = ({ entry }: { entry: Entry }) => {
  const { w } = useAreaWords(auditWords);
  if (entry.before === null && entry.after === null) return null;
  return (
    <details>
      <summary>{w.open}</summary>
      <p>{w.before}</p>
      <pre className="code-block">{JSON.stringify(entry.before, null, 2)}</pre>
      <p>{w.after}</p>
      <pre className="code-block">{JSON.stringify(entry.after, null, 2)}</pre>
    </details>
  );
};

const useColumns = (): readonly Column<Entry>[] => {
  const { w, language } = useAreaWords(auditWords);
  const { t } = useWords();
  const whoOf = (row: Entry): string => row.actorName ?? row.actorUserId ?? w.system;
  const rolesOf = (row: Entry): string =>
    row.actorRoles.map((role) => t[`role.${role}`]).join('、');
  return [
    { key: 'at', head: w.at, cell: (row) => <At instant={row.at} />, text: (row) => row.at },
    {
      ...{ key: 'who', head: w.who },
      cell: (row) =>
        row.actorUserId ? (
          <Link to={addressWith('actor', row.actorUserId)}>{whoOf(row)}</Link>
        ) : (
          whoOf(row)
        ),
      text: (row) => `${whoOf(row)} ${row.actorUserId ?? ''}`,
    },
    { key: 'roles', head: w.roles, cell: rolesOf, text: rolesOf },
    {
      ...{ key: 'act', head: w.act },
      cell: (row) => <span title={row.act}>{actName(row.act, language)}</span>,
      text: (row) => row.act,
    },
    {
      ...{ key: 'object', head: w.object },
      cell: (row) => (
        <Link to={addressWith('object', row.object)}>
          <span className="mono">{row.object}</span>
        </Link>
      ),
      text: (row) => row.object,
    },
    {
      key: 'change',
      head: w.after,
      cell: (row) => <Change entry={row} />,
      text: (row) => JSON.stringify([row.before, row.after]),
    },
    {
      ...{ key: 'request', head: w.request },
      cell: (row) => <ShortId id={row.requestId} />,
      text: (row) => row.requestId,
    },
  ];
};

const PAGE_SIZE = 200;

/** Who did what, when: filtered by the address, taken away as CSV. */
export const TrailPage = () => {
  const { w } = useAreaWords(auditWords);
  const { search } = usePlace();
  const filters = filtersOf(search);
  const before = new URLSearchParams(search).get('before');
  const query = useRead(
    readAudit,
    { query: { ...asked(filters), limit: PAGE_SIZE, ...(before ? { before } : {}) } },
    { keep: true },
  );
  const columns = useColumns();
  return (
    <>
      <PageHead
        title={w.trail}
        note={
          <>
            {w.trailNote} <Link to="/exchange/publish">{w.publications}</Link>
          </>
        }
        ready={query.data !== undefined}
      />
      <Section title={w.find}>
        <Filter
          key={`${JSON.stringify(filters)} ${query.data?.acts.length ?? 0}`}
          filters={filters}
          acts={query.data?.acts ?? []}
        />
      </Section>
      <Section title={w.acts}>
        <Load query={query}>
          {(data) => (
            <>
              {data.items.length === 0 ? (
                <p>{w.empty}</p>
              ) : (
                <Table
                  caption={w.acts}
                  columns={columns}
                  rows={data.items}
                  rowKey={(row) => row.id}
                  fileName="jishi-audit"
                />
              )}
              <p className="form-actions">
                {data.next === null ? null : (
                  <Link to={addressWith('before', data.next)} className="outlined">
                    {w.older}
                  </Link>
                )}
                {before ? <Link to={addressWith('before', null)}>{w.newest}</Link> : null}
              </p>
            </>
          )}
        </Load>
      </Section>
    </>
  );
};
