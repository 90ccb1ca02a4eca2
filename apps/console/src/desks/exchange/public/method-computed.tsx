import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readMethod } from '@jishi/contracts/ledger/index-endpoints';
import { Fragment } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, Copyable, Hash } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { type Setting, settingsOf } from './method-settings.ts';
import { publicWords } from './words.ts';

type Method = AnswerOf<typeof readMethod>;
type Linked = Method['linked'][number];
type MethodSection = Method['sections'][number];

/** A zero below the line, and a letter with a line above it. */
const SIGN = /(₀|\p{L}\u0304)/u;

/** Signs that many fonts do not have, as markup. */
const WithSigns = ({ text }: { text: string }) =>
  text.split(SIGN).map((part, at) => {
    const key = `${at} ${part}`;
    if (part === '₀') return <sub key={key}>0</sub>;
    if (!part.endsWith('\u0304')) return <Fragment key={key}>{part}</Fragment>;
    return (
      <span key={key} className="mean">
        {part.slice(0, -1)}
      </span>
    );
  });

const anchorOf = ({ id }: MethodSection): string => `method-${id}`;

const Sections = ({ sections }: { sections: readonly MethodSection[] }) => {
  const { w, language } = useAreaWords(publicWords);
  return (
    <>
      <nav className="method-contents" aria-label={w.methodContents}>
        {sections.map((one) => (
          <a key={one.id} href={`#${anchorOf(one)}`}>
            {one.title[language]}
          </a>
        ))}
      </nav>
      {sections.map((one) => (
        <article key={one.id} id={anchorOf(one)} className="method-section">
          <h3>{one.title[language]}</h3>
          {one.paragraphs.map((paragraph) => (
            <p key={paragraph.en}>
              <WithSigns text={paragraph[language]} />
            </p>
          ))}
          {one.formula ? (
            <p className="code-block formula">
              <WithSigns text={one.formula} />
            </p>
          ) : null}
        </article>
      ))}
    </>
  );
};

/** θ: what each link year took from the year before, by its hash. */
const LinkYears = ({ linked }: { linked: readonly Linked[] }) => {
  const { w } = useAreaWords(publicWords);
  const columns: readonly Column<Linked>[] = [
    {
      ...{ key: 'year', head: w.linkYear, text: (row) => `${row.linkYear}` },
      cell: (row) => row.linkYear,
    },
    {
      ...{ key: 'head', head: w.linkHead, align: 'right', text: (row) => row.linkHead },
      cell: (row) => <Link to={`/verify?seq=${row.linkHead}`}>#{row.linkHead}</Link>,
    },
    {
      ...{ key: 'cap', head: w.cap, align: 'right', text: (row) => row.capFen ?? '' },
      cell: (row) => (row.capFen === null ? '—' : <Amount fen={row.capFen} />),
    },
    {
      ...{ key: 'hash', head: w.thetaHash, text: (row) => row.hash },
      cell: (row) => <Hash hex={row.hash} />,
    },
  ];
  return (
    <>
      <h3>{w.linkYears}</h3>
      <p>{w.linkYearsText}</p>
      {linked.length === 0 ? (
        <p className="hint">{w.linkYearsEmpty}</p>
      ) : (
        <Table
          caption={w.linkYears}
          columns={columns}
          rows={linked}
          rowKey={(row) => `${row.linkYear}`}
        />
      )}
    </>
  );
};

const Parameters = ({ method }: { method: Method }) => {
  const { w } = useAreaWords(publicWords);
  const caption = fill(w.parameters, { version: method.version });
  const columns: readonly Column<Setting>[] = [
    { key: 'name', head: w.parameter, cell: (row) => row.name, text: (row) => row.name },
    { key: 'value', head: w.setting, cell: (row) => row.value, text: (row) => row.value },
  ];
  return (
    <>
      <h3>{caption}</h3>
      <p>
        SHA-256 <Hash hex={method.parameterHash} />
      </p>
      <details className="behind">
        <summary>{w.parametersShow}</summary>
        <Table
          caption={caption}
          columns={columns}
          rows={settingsOf(method.parameters)}
          rowKey={(row) => row.name}
          fileName={`jishi-index-parameters-${method.version}`}
        />
      </details>
    </>
  );
};

const RECOMPUTE = 'npx -y pnpm@10 -s recompute';
const PARAMETERS = 'services/ledger/parameters/index-family-1.0.json';

/** The commands with which anybody gets the same strings, on a machine of their own. */
const Recompute = ({ month }: { month: string }) => {
  const { w } = useAreaWords(publicWords);
  const commands = [
    [w.recomputeStranger, `${RECOMPUTE} --published jishi-published-${month}.json`],
    [w.recomputeAuditor, `${RECOMPUTE} --events jishi-log-*.ndjson --parameters ${PARAMETERS}`],
  ] as const;
  return (
    <>
      <h3>{w.recompute}</h3>
      {commands.map(([text, command]) => (
        <Fragment key={command}>
          <p>{text}</p>
          <p className="command">
            <Copyable text={command} shown={<code className="mono">{command}</code>} />
          </p>
        </Fragment>
      ))}
    </>
  );
};

/** How the index is made, in words, in formulas, in parameters, and by command. */
export const Computed = ({ month }: { month: string }) => {
  const method = useRead(readMethod);
  return (
    <Load query={method}>
      {(data) => (
        <>
          <Sections sections={data.sections} />
          <LinkYears linked={data.linked} />
          <Parameters method={data} />
          <Recompute month={month} />
        </>
      )}
    </Load>
  );
};
