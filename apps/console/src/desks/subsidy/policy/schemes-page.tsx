import { listSchemes } from '@jishi/contracts/subsidy/endpoints';
import type { ArticleView, SchemeView } from '@jishi/contracts/subsidy/policy';
import { useRead } from '../../../api/queries.ts';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Day, Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import type { Language } from '../../../words/words.tsx';
import { valueText } from '../case/source-panel.tsx';
import { KnownTag } from '../status-tags.tsx';
import '../subsidy.css';
import { type SubsidyWords, subsidyWords } from '../words.ts';

type Dated = SchemeView['parameters'][number]['values'][number];

/** One dated value of a parameter, ready to stand in a row. */
interface ValueRow {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly value: Dated;
}

const valueRows = (scheme: SchemeView, language: Language): readonly ValueRow[] =>
  scheme.parameters.flatMap((parameter) =>
    parameter.values.map((value) => ({
      key: `${parameter.key} ${value.from}`,
      name: parameter[language],
      unit: parameter.unit,
      value,
    })),
  );

const articleColumns = (w: SubsidyWords, language: Language): readonly Column<ArticleView>[] => [
  {
    key: 'article',
    head: w.article,
    cell: (article) => article[language],
    text: (article) => article[language],
  },
  {
    key: 'source',
    head: w.origin,
    cell: (article) => article.source,
    text: (article) => article.source,
  },
  {
    key: 'status',
    head: w.statusHead,
    cell: (article) => <KnownTag status={article.status} />,
    text: (article) => w[`known.${article.status}`],
  },
];

const valueColumns = (w: SubsidyWords): readonly Column<ValueRow>[] => [
  { key: 'name', head: w.parameter, cell: (row) => row.name, text: (row) => row.name },
  {
    key: 'value',
    head: w.value,
    cell: (row) => valueText(row.value.value, row.unit, w),
    text: (row) => valueText(row.value.value, row.unit, w),
  },
  {
    key: 'from',
    head: w.validFrom,
    cell: (row) => <Day day={row.value.from} />,
    text: (row) => row.value.from,
  },
  {
    key: 'until',
    head: w.validUntil,
    cell: (row) =>
      row.value.until ? <Day day={row.value.until} /> : <span className="no-wrap">{w.open}</span>,
    text: (row) => row.value.until ?? '',
  },
  {
    key: 'status',
    head: w.statusHead,
    cell: (row) => <KnownTag status={row.value.status} />,
    text: (row) => w[`known.${row.value.status}`],
  },
  {
    key: 'source',
    head: w.origin,
    cell: (row) => row.value.source,
    text: (row) => row.value.source,
  },
  {
    key: 'checked',
    head: w.lastChecked,
    cell: (row) => <Day day={row.value.lastCheckedOn} />,
    text: (row) => row.value.lastCheckedOn,
  },
];

const Scheme = ({ scheme }: { scheme: SchemeView }) => {
  const { w, language } = useAreaWords(subsidyWords);
  return (
    <>
      <Section title={scheme[language]} aside={<Hash hex={scheme.policyHash} />}>
        <Table
          caption={w.articles}
          columns={articleColumns(w, language)}
          rows={scheme.articles}
          rowKey={(article) => article.article}
          fileName={`${scheme.scheme}-articles`}
        />
      </Section>
      <Section title={w.parameters}>
        <Table
          caption={w.parameters}
          columns={valueColumns(w)}
          rows={valueRows(scheme, language)}
          rowKey={(row) => row.key}
          fileName={`${scheme.scheme}-parameters`}
        />
      </Section>
    </>
  );
};

/** Every rule and value, with how well it is known: what an answer rests on. */
export const SchemesPage = () => {
  const { w } = useAreaWords(subsidyWords);
  const query = useRead(listSchemes);
  return (
    <>
      <PageHead title={w.schemes} note={w.schemesNote} ready={query.data !== undefined} />
      <Load query={query}>
        {({ items }) => items.map((scheme) => <Scheme key={scheme.scheme} scheme={scheme} />)}
      </Load>
    </>
  );
};
