import type { AnswerOf } from '@jishi/contracts/endpoint';
import { listCellContracts } from '@jishi/contracts/ledger/index-endpoints';
import { useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { fieldName, regionName } from '../../../format/names.ts';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, Day, ShortId } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { askedSeries } from './series-choice.ts';
import { asOfQuery, type IndicesView } from './use-indices.ts';
import { indicesWords } from './words.ts';

type Answer = AnswerOf<typeof listCellContracts>;
type Contract = Answer['items'][number];

const useColumns = (): readonly Column<Contract>[] => {
  const { w, language } = useAreaWords(indicesWords);
  const { t } = useWords();
  const wayOf = ({ sellerDistrict, buyerDistrict }: Contract): string => {
    const to = buyerDistrict === null ? t.none : regionName(buyerDistrict, language, t);
    return `${regionName(sellerDistrict, language, t)} → ${to}`;
  };
  const unitText = ({ excluded, unitContracts }: Contract): string => {
    if (excluded) return w[`excluded.${excluded}`];
    return unitContracts > 1 ? fill(w.unitOf, { n: unitContracts }) : '';
  };
  const amount = (key: string, head: string, of: (row: Contract) => string): Column<Contract> => ({
    ...{ key, head, align: 'right', text: of },
    cell: (row) => <Amount fen={of(row)} />,
  });
  return [
    {
      ...{ key: 'day', head: w.registeredOn, text: (row) => row.registeredOn },
      cell: (row) => <Day day={row.registeredOn} />,
    },
    {
      ...{ key: 'contract', head: w.contract, text: (row) => row.contractId },
      cell: (row) => <ShortId id={row.contractId} />,
    },
    {
      ...{ key: 'type', head: w.type },
      cell: (row) => t[`type.${row.contractType}`],
      text: (row) => row.contractType,
    },
    {
      ...{ key: 'field', head: w.field },
      cell: (row) => fieldName(row.fieldCode, language),
      text: (row) => row.fieldCode,
    },
    { key: 'way', head: w.way, cell: wayOf, text: wayOf },
    amount('technology', w.technologyValue, (row) => row.technologyValueFen),
    amount('counted', w.counted, (row) => row.countedFen),
    { key: 'unit', head: w.unit, cell: unitText, text: unitText },
  ];
};

const Page = (props: { data: Answer; period: string; turn: (after: string | null) => void }) => {
  const { w } = useAreaWords(indicesWords);
  const { data, period, turn } = props;
  const columns = useColumns();
  if (data.items.length === 0) return <p className="hint">{w.contractsEmpty}</p>;
  const [before, after = ''] = fill(w.contractsText, {
    n: data.total.contracts,
    units: data.total.units,
  }).split('{amount}');
  return (
    <>
      <p>
        {before}
        <Amount fen={data.total.countedFen} />
        {after}
      </p>
      <Table
        caption={w.contracts}
        columns={columns}
        rows={data.items}
        rowKey={(row) => row.contractId}
        fileName={`jishi-index-contracts-${period}-${data.head.seq}`}
      />
      <p className="more">
        <button type="button" className="quiet" onClick={() => turn(null)}>
          {w.firstPage}
        </button>{' '}
        {data.next ? (
          <button type="button" className="outlined" onClick={() => turn(data.next)}>
            {w.nextPage}
          </button>
        ) : null}
      </p>
    </>
  );
};

/** The contracts behind the value: all of them for officers, its own for a party. */
export const ContractsSection = (props: { view: IndicesView; period: string }) => {
  const { w } = useAreaWords(indicesWords);
  const { view, period } = props;
  const [after, turn] = useState<string | null>(null);
  const query = useRead(
    listCellContracts,
    {
      query: {
        ...{ ...askedSeries(view.series), ...asOfQuery(view), period, limit: 20 },
        ...(after ? { after } : {}),
      },
    },
    { keep: true },
  );
  return (
    <Section title={view.exact ? w.contracts : w.contractsOwn} aside={period}>
      <Load query={query}>{(data) => <Page data={data} period={period} turn={turn} />}</Load>
    </Section>
  );
};
