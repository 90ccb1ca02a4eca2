import { type Column, Table } from '../../../kit/table.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useWords } from '../../../words/words.tsx';
import { type ContractFacts, type Difference, differences } from '../review/contract-facts.ts';
import { type BookWords, bookWords, registryWords } from '../words.ts';

const columnsOf = (w: BookWords): readonly Column<Difference>[] => [
  { key: 'label', head: w.column, cell: (row) => row.label, text: (row) => row.label },
  {
    key: 'before',
    head: w.before,
    cell: (row) => <span className="before">{row.before}</span>,
    text: (row) => row.before,
  },
  { key: 'after', head: w.after, cell: (row) => <strong>{row.text}</strong>, text: (r) => r.text },
];

export const useDifferences = (before: ContractFacts, after: ContractFacts | null) => {
  const { w } = useAreaWords(registryWords);
  const { language, t } = useWords();
  return after ? differences(before, after, { w, t, language }) : [];
};

/** What changes, column by column: as it is and as it shall be. */
export const Differences = (props: {
  before: ContractFacts;
  after: ContractFacts;
  /** As lines instead of a table, where there is little room. */
  narrow?: boolean;
}) => {
  const { w } = useAreaWords(bookWords);
  const rows = useDifferences(props.before, props.after);
  if (rows.length === 0) return <p className="hint">{w.noDifference}</p>;
  if (props.narrow) {
    return (
      <ul className="difference-lines">
        {rows.map((row) => (
          <li key={row.field}>
            {row.label}
            <span className="before">{row.before}</span>
            <strong>{row.text}</strong>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table caption={w.differences} columns={columnsOf(w)} rows={rows} rowKey={(row) => row.field} />
  );
};
