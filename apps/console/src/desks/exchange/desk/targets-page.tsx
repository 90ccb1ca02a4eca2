import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readGauge } from '@jishi/contracts/ledger/endpoints';
import { listTargets } from '@jishi/contracts/ledger/publication';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { deskWords } from './words.ts';

type Target = AnswerOf<typeof listTargets>['items'][number];

const InUse = () => {
  const { w } = useAreaWords(deskWords);
  const query = useRead(readGauge);
  return (
    <Load query={query}>
      {({ year, target }) =>
        target ? (
          <p>
            {year} · <Amount fen={target.amountFen} /> · {target.source}
            {target.carried ? (
              <Tag tone="warn">{fill(w.carried, { year: target.setForYear })}</Tag>
            ) : null}
          </p>
        ) : (
          <p>{w.noTarget}</p>
        )
      }
    </Load>
  );
};

/** The targets there are, where each comes from, and which one the screen uses. */
export const TargetsPage = () => {
  const { w } = useAreaWords(deskWords);
  const query = useRead(listTargets);
  const columns: readonly Column<Target>[] = [
    {
      ...{ key: 'scope', head: w.scope },
      cell: (row) => (
        <>
          {row.scope} {row.ofThisCity ? <Tag tone="info">{w.thisCity}</Tag> : null}
        </>
      ),
      text: (row) => row.scope,
    },
    { key: 'year', head: w.year, cell: (row) => row.year, text: (row) => String(row.year) },
    {
      ...{ key: 'amount', head: w.amount, align: 'right' as const },
      cell: (row) => <Amount fen={row.amountFen} />,
      text: (row) => row.amountFen,
    },
    {
      ...{ key: 'rule', head: w.rule },
      cell: (row) => w[`rule.${row.rule}`],
      text: (row) => row.rule,
    },
    {
      ...{ key: 'status', head: w.status },
      cell: (row) => (
        <Tag tone={row.status === 'in-force' ? 'ok' : 'plain'}>{w[`target.${row.status}`]}</Tag>
      ),
      text: (row) => row.status,
    },
    {
      ...{ key: 'adopted', head: w.adopted },
      cell: (row) => row.adoptedOn ?? w.adoptedUnknown,
      text: (row) => row.adoptedOn ?? '',
    },
    { key: 'source', head: w.source, cell: (row) => row.source, text: (row) => row.source },
  ];
  return (
    <>
      <PageHead
        title={w.targetsTitle}
        note={w.targetsNote}
        ready={query.data !== undefined}
        actions={
          <Link to="/live" className="outlined">
            {w.openScreen}
          </Link>
        }
      />
      <Section title={w.inUse}>
        <InUse />
      </Section>
      <Section title={w.targets}>
        <Load query={query}>
          {(data) => (
            <Table
              caption={w.targets}
              columns={columns}
              rows={data.items}
              rowKey={(row) => `${row.scope} ${row.year} ${row.status}`}
              fileName="jishi-targets"
            />
          )}
        </Load>
        <p className="hint">{w.targetsChange}</p>
      </Section>
    </>
  );
};
