import { readFeed, readLive } from '@jishi/contracts/ledger/endpoints';
import { readIndexSeries, readMethod } from '@jishi/contracts/ledger/index-endpoints';
import { readLeaves } from '@jishi/contracts/ledger/log-desk';
import {
  listPublications,
  listTargets,
  readPublication,
} from '@jishi/contracts/ledger/publication';
import { PageHead, Section } from '../../../kit/page.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Copyable } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import '../exchange.css';
import { publicWords } from './words.ts';

const OPEN = [
  { key: 'open.publications', spec: listPublications, sample: '' },
  { key: 'open.publication', spec: readPublication, sample: '?vintage=latest' },
  { key: 'open.series', spec: readIndexSeries, sample: '?cell=city&vintage=latest' },
  { key: 'open.live', spec: readLive, sample: '' },
  { key: 'open.feed', spec: readFeed, sample: '?after=0&limit=200' },
  { key: 'open.leaves', spec: readLeaves, sample: '?after=0&limit=200' },
  { key: 'open.method', spec: readMethod, sample: '' },
  { key: 'open.targets', spec: listTargets, sample: '' },
] as const;
type Open = (typeof OPEN)[number];

const SERVICES = ['market', 'ledger', 'subsidy'] as const;

const tokenExample = (origin: string): string =>
  `curl -sS -c jar.txt "${origin}/api/market/auth/sign-in/email" \\
  -H 'content-type: application/json' \\
  -d '{"email":"…","password":"…"}'
curl -sS -b jar.txt "${origin}/api/market/tokens" -H "origin: ${origin}" \\
  -H 'content-type: application/json' -d '{"audience":"ledger"}'
curl -sS "${origin}/api/ledger/registrations" -H "authorization: Bearer …"`;

/** Where the numbers come from, for whoever wants them without the pages. */
export const ApisPage = () => {
  const { w } = useAreaWords(publicWords);
  const addressOf = ({ spec, sample }: Open): string => `/api/${spec.service}${spec.path}${sample}`;
  const columns: readonly Column<Open>[] = [
    { key: 'what', head: w.apisWhat, cell: (row) => w[row.key], text: (row) => w[row.key] },
    {
      ...{ key: 'address', head: w.apisAddress },
      cell: (row) => (
        <Copyable text={addressOf(row)} shown={<span className="mono">{addressOf(row)}</span>} />
      ),
      text: addressOf,
    },
  ];
  return (
    <>
      <PageHead title={w.apisTitle} note={w.apisNote} />
      <Section title={w.apisPublic} aside={w.apisLimits}>
        <Table caption={w.apisPublic} columns={columns} rows={OPEN} rowKey={(row) => row.key} />
      </Section>
      <Section title={w.apisDocs}>
        <p>{w.apisDocsText}</p>
        <ul className="plain-list">
          {SERVICES.map((service) => (
            <li key={service}>
              <a href={`/api/${service}/docs`}>{w[`service.${service}`]}</a> ·{' '}
              <a href={`/api/${service}/openapi.json`}>OpenAPI</a>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={w.apisToken}>
        <p>{w.apisTokenText}</p>
        <pre className="code-block">{tokenExample(window.location.origin)}</pre>
      </Section>
    </>
  );
};
