import { readIndexValues } from '@jishi/contracts/ledger/index-endpoints';
import type { ValueLine } from '@jishi/contracts/ledger/index-family';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { addressWith, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { flagText } from '../../../words/part-name.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { seriesName } from '../cell-name.ts';
import { DistrictMaps } from './district-maps.tsx';
import { kindOfSeries } from './series-choice.ts';
import { asOfQuery, type IndicesView } from './use-indices.ts';
import { indicesWords } from './words.ts';

const KINDS = ['district', 'industry', 'field'] as const;

const useColumns = (exact: boolean): readonly Column<ValueLine>[] => {
  const { w, language } = useAreaWords(indicesWords);
  const { t } = useWords();
  const nameOf = (line: ValueLine): string => seriesName(line.series, language);
  const flagsOf = (line: ValueLine): string =>
    line.flags.map((flag) => flagText(flag, t)).join(t.listComma);
  const whyOf = ({ value, hidden, reason }: ValueLine): string => {
    if (value !== null && hidden && exact)
      return fill(w.unpublished, { reason: t[`reason.${hidden}`] });
    const why = hidden ?? reason;
    return value === null && why ? t[`reason.${why}`] : '';
  };
  const figure = (key: 'value' | 'state'): Column<ValueLine> => ({
    ...{ key, head: w[key], align: 'right' },
    cell: (line) => line[key] ?? (line.hidden ? <span className="suppressed">—</span> : t.none),
    text: (line) => line[key] ?? '',
  });
  return [
    { key: 'name', head: w.name, cell: nameOf, text: nameOf },
    figure('value'),
    figure('state'),
    { key: 'grade', head: w.grade, cell: (line) => line.grade, text: (line) => line.grade },
    { key: 'flags', head: w.flags, cell: flagsOf, text: flagsOf },
    { key: 'why', head: w.why, cell: whyOf, text: whyOf },
  ];
};

type Kind = (typeof KINDS)[number];

const Parts = (props: {
  lines: readonly ValueLine[];
  exact: boolean;
  period: string;
  /** The partition that the page's own series belongs to. */
  own: Kind;
}) => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  const [asked] = useParameter('parts');
  const kind = KINDS.find((one) => one === asked) ?? props.own;
  const columns = useColumns(props.exact);
  const rows = props.lines.filter(({ series }) => kindOfSeries(series) === kind);
  return (
    <>
      <Choices
        label={w.parts}
        parameter="parts"
        choices={KINDS.map((one) => ({
          value: one === props.own ? null : one,
          label: w[`group.${one}`],
        }))}
      />
      {rows.length === 0 ? (
        <p className="hint">{w.partsEmpty}</p>
      ) : (
        <Table
          caption={`${w.parts} · ${w[`group.${kind}`]}`}
          columns={columns}
          rows={rows}
          rowKey={(line) => line.series}
          to={(line) => addressWith('cell', line.series)}
          fileName={`jishi-index-${props.period}-${kind}`}
          fileNote={t.synthetic}
        />
      )}
      <p className="hint">{w.suppressNote}</p>
    </>
  );
};

/** All series of one month: the districts as two maps, and every partition as a table. */
export const PartsSection = ({ view, period }: { view: IndicesView; period: string }) => {
  const { w } = useAreaWords(indicesWords);
  const own = KINDS.find((one) => one === kindOfSeries(view.series)) ?? 'district';
  const query = useRead(
    readIndexValues,
    { query: { from: period, to: period, ...asOfQuery(view) } },
    { keep: true },
  );
  return (
    <Load query={query}>
      {(data) => (
        <>
          <Section title={w.maps} aside={period}>
            <DistrictMaps lines={data.values} />
          </Section>
          <Section title={w.parts} aside={period}>
            <Parts lines={data.values} exact={data.exact} period={period} own={own} />
          </Section>
        </>
      )}
    </Load>
  );
};
