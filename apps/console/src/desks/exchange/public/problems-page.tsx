import { PROBLEMS, type ProblemType } from '@jishi/contracts/problem';
import { Facts, PageHead, Section } from '../../../kit/page.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { problemParagraphs } from './problem-text.ts';
import { publicWords } from './words.ts';

interface Row {
  readonly type: string;
  readonly title: string;
}

/** Every refusal by its name, in the reader's language. */
export const ProblemsPage = () => {
  const { w, language } = useAreaWords(publicWords);
  const rows = Object.entries(PROBLEMS).map(
    ([type, problem]): Row => ({ type, title: problem[language] }),
  );
  const columns: readonly Column<Row>[] = [
    { key: 'title', head: w.problemMeaning, cell: (row) => row.title, text: (row) => row.title },
    {
      ...{ key: 'type', head: w.problemKey },
      cell: (row) => <span className="mono">{row.type}</span>,
      text: (row) => row.type,
    },
  ];
  return (
    <>
      <PageHead title={w.problemsTitle} note={w.problemsNote} />
      <Section title={w.allProblems}>
        <Table
          caption={w.allProblems}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.type}
          to={(row) => `/problems/${row.type}`}
        />
      </Section>
    </>
  );
};

const isKnown = (type: string): type is ProblemType => Object.hasOwn(PROBLEMS, type);

/** One refusal: what it means and what to do. */
export const ProblemPage = ({ values }: PageProps) => {
  const { w, language } = useAreaWords(publicWords);
  const type = values.type ?? '';
  if (!isKnown(type)) {
    return (
      <>
        <PageHead title={w.problemsMissing} />
        <p>
          <Link to="/problems">{w.allProblems}</Link>
        </p>
      </>
    );
  }
  return (
    <>
      <PageHead title={PROBLEMS[type][language]} />
      <Section title={w.problemMeaning}>
        {problemParagraphs(type, language).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <Facts
          items={[
            [
              w.problemKey,
              <span key="type" className="mono">
                {type}
              </span>,
            ],
          ]}
        />
      </Section>
      <p>
        <Link to="/problems">{w.allProblems}</Link>
      </p>
    </>
  );
};
