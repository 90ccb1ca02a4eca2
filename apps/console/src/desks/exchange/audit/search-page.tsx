import type { AnswerOf } from '@jishi/contracts/endpoint';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { searchLog } from '@jishi/contracts/ledger/log-desk';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useRead } from '../../../api/queries.ts';
import { TextField } from '../../../kit/fields.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { ProofFile } from '../../../kit/proof-file.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { addressWith, Link, replaceAddress, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useWords } from '../../../words/words.tsx';
import '../exchange.css';
import { leafOf } from '../../../kit/hashing.ts';
import { auditWords } from './words.ts';

type Item = AnswerOf<typeof searchLog>['items'][number];
interface Row extends Item {
  readonly parsed: Envelope;
}

const Filter = (props: { types: readonly string[] }) => {
  const { w } = useAreaWords(auditWords);
  const [q] = useParameter('q');
  const [type, setType] = useParameter('type');
  const form = useForm({ defaultValues: { q: q ?? '' } });
  const find = ({ q: text }: { q: string }): void => {
    const parameters = new URLSearchParams(window.location.search);
    parameters.delete('before');
    if (text.trim()) parameters.set('q', text.trim());
    else parameters.delete('q');
    replaceAddress(`${window.location.pathname}?${parameters}`);
  };
  return (
    <form onSubmit={form.handleSubmit(find)}>
      <TextField control={form.control} name="q" label={w.q} optional />
      <label className="chooser">
        <span>{w.type}</span>
        <select value={type ?? ''} onChange={(event) => setType(event.target.value || null)}>
          <option value="">{w.anyType}</option>
          {props.types.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <p className="form-actions">
        <button type="submit" className="primary">
          {w.find}
        </button>
      </p>
    </form>
  );
};

const Leaf = ({ item }: { item: Item }) => {
  const { w } = useAreaWords(auditWords);
  const [computed, setComputed] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void leafOf(item.envelope).then((leaf) => current && setComputed(leaf));
    return () => {
      current = false;
    };
  }, [item.envelope]);
  return (
    <>
      <Hash hex={item.leaf} />{' '}
      {computed === null ? null : (
        <Tag tone={computed === item.leaf ? 'ok' : 'bad'}>
          {computed === item.leaf ? w.leafOk : w.leafBad}
        </Tag>
      )}
    </>
  );
};

const pretty = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);

const Content = ({ row }: { row: Row }) => {
  const { w } = useAreaWords(auditWords);
  const contractId = /^contract-(.+)$/.exec(row.parsed.stream)?.[1];
  return (
    <details>
      <summary>{w.open}</summary>
      <h3>{w.publicPart}</h3>
      <pre className="code-block">{pretty(row.envelope)}</pre>
      <h3>{w.privatePart}</h3>
      <pre className="code-block">{row.private ? pretty(row.private) : w.privateNone}</pre>
      {contractId ? <ProofFile contractId={contractId} /> : null}
    </details>
  );
};

const useColumns = (): readonly Column<Row>[] => {
  const { w } = useAreaWords(auditWords);
  return [
    {
      ...{ key: 'seq', head: w.seq },
      cell: (row) => <span className="whole">#{row.seq}</span>,
      text: (row) => String(row.seq),
    },
    {
      ...{ key: 'type', head: w.event },
      cell: (row) => <span className="whole">{row.parsed.type}</span>,
      text: (row) => row.parsed.type,
    },
    {
      ...{ key: 'stream', head: w.stream },
      cell: (row) => (
        <Link to={`/audit/search?q=${row.parsed.stream.replace(/^[a-z]+-/, '')}`}>
          <span className="mono">{row.parsed.stream}</span>
        </Link>
      ),
      text: (row) => row.parsed.stream,
    },
    {
      ...{ key: 'at', head: w.recordedAt },
      cell: (row) => <At instant={row.parsed.recordedAt} />,
      text: (row) => row.parsed.recordedAt,
    },
    {
      ...{ key: 'leaf', head: w.leaf },
      cell: (row) => <Leaf item={row} />,
      text: (row) => row.leaf,
    },
    {
      ...{ key: 'content', head: w.open },
      cell: (row) => <Content row={row} />,
      text: (row) => row.envelope,
    },
  ];
};

const PAGE_SIZE = 50;

/** Any event by its place, its record or its type, with what it holds and whether it is intact. */
export const SearchPage = () => {
  const { w } = useAreaWords(auditWords);
  const { t } = useWords();
  const [q] = useParameter('q');
  const [type] = useParameter('type');
  const [before] = useParameter('before');
  const query = useRead(
    searchLog,
    {
      query: {
        limit: PAGE_SIZE,
        ...(q ? { q } : {}),
        ...(type ? { type } : {}),
        ...(before ? { before: Number(before) } : {}),
      },
    },
    { keep: true },
  );
  const columns = useColumns();
  return (
    <>
      <PageHead title={w.search} note={w.searchNote} ready={query.data !== undefined} />
      <Section title={w.find}>
        <Filter key={q} types={query.data?.types ?? []} />
      </Section>
      <Section title={w.events}>
        <Load query={query}>
          {(data) => (
            <>
              {data.items.length === 0 ? (
                <p>{w.empty}</p>
              ) : (
                <Table
                  caption={w.events}
                  columns={columns}
                  rows={data.items.map((item) => ({
                    ...item,
                    parsed: Envelope.parse(JSON.parse(item.envelope)),
                  }))}
                  rowKey={(row) => String(row.seq)}
                  fileName="jishi-log-events"
                  fileNote={t.synthetic}
                />
              )}
              <p className="form-actions">
                {data.next === null ? null : (
                  <Link to={addressWith('before', String(data.next))} className="outlined">
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
