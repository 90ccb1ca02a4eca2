import type { BudgetLine } from '@jishi/contracts/subsidy/desk';
import { listSchemes, readBudget } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { StackBar } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { barText, listed, yuanOf } from '../figures.ts';
import '../subsidy.css';
import { type SubsidyWords, subsidyWords } from '../words.ts';

const PLACES = [
  ['bud.paid', 'paidFen', 'this'],
  ['bud.receivable', 'receivableFen', 'over'],
  ['bud.repaid', 'repaidFen', 'over'],
  ['bud.instructed', 'instructedFen', 'used'],
  ['bud.committed', 'committedFen', 'used'],
  ['bud.free', 'freeFen', 'free'],
] as const;

interface PlaceRow {
  readonly name: string;
  readonly fen: string;
}

const columnsOf = (w: SubsidyWords): readonly Column<PlaceRow>[] => [
  { key: 'place', head: w.placeHead, cell: (row) => row.name, text: (row) => row.name },
  {
    key: 'amount',
    head: w.amountYuan,
    align: 'right',
    cell: (row) => <Amount fen={row.fen} exact bare />,
    text: (row) => yuanOf(row.fen),
  },
];

const Year = ({ line }: { line: BudgetLine }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const { data } = useRead(listSchemes);
  const scheme = data?.items.find((found) => found.scheme === line.scheme)?.[language];
  const segments = PLACES.map(([name, field, look]) => ({
    look,
    label: `${w[name]} ${barText(line[field], language)}`,
    size: BigInt(line[field]),
  })).filter((segment) => segment.size > 0n);
  const rows = [
    ...PLACES.map(([name, field]) => ({ name: w[name], fen: line[field] })),
    { name: w['bud.budget'], fen: line.budgetFen },
  ];
  return (
    <Section
      title={`${fill(w.budgetYear, { year: line.year })} · ${scheme ?? line.scheme}`}
      aside={line.isBalanced ? `✓ ${w.balanced}` : `× ${w.notBalanced}`}
    >
      <StackBar
        segments={segments}
        text={listed(
          segments.map((s) => s.label),
          language,
        )}
      />
      <Table
        caption={fill(w.budgetYear, { year: line.year })}
        columns={columnsOf(w)}
        rows={rows}
        rowKey={(row) => row.name}
        fileName={`budget-${line.scheme}-${line.year}`}
      />
      <p className="page-note">△ {w.asAssumption}</p>
    </Section>
  );
};

/** Where each fen of each year's budget is. */
export const BudgetPage = () => {
  const { w } = useAreaWords(subsidyWords);
  const query = useRead(readBudget, {}, { keep: true });
  return (
    <>
      <PageHead
        title={w.budget}
        note={query.data ? fill(w.budgetNote, { day: query.data.asOf }) : null}
        ready={query.data !== undefined}
      />
      <Load query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{w.noBudget}</Empty>
          ) : (
            items.map((line) => <Year key={`${line.scheme} ${line.year}`} line={line} />)
          )
        }
      </Load>
    </>
  );
};
