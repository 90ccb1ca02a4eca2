import type { RegisteredRow, Standing } from '@jishi/contracts/ledger/registry';
import { exactYuan } from '../../../format/amount.ts';
import { regionName } from '../../../format/names.ts';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import type { Column } from '../../../kit/table.tsx';
import { groupedNumber } from '../../../kit/text.ts';
import { Amount, Day } from '../../../kit/values.tsx';
import { fill, type Language } from '../../../words/words.tsx';
import type { Words } from '../../../words/zh.ts';
import { contractTypeName } from '../names.ts';
import type { BookWords } from '../words.ts';

const TONES: Readonly<Record<Standing, Tone>> = {
  registered: 'ok',
  amended: 'info',
  deregistered: 'warn',
  revoked: 'bad',
};

export const StandingTag = (props: { standing: Standing; amendment: number; w: BookWords }) => {
  const { standing, amendment, w } = props;
  return (
    <Tag tone={TONES[standing]}>
      {standing === 'amended' ? fill(w.amendedTimes, { n: amendment }) : w[`standing.${standing}`]}
    </Tag>
  );
};

/** The one that stands first is also the link of the row. */
export const registerColumns = (
  w: BookWords,
  t: Words,
  language: Language,
): readonly Column<RegisteredRow>[] => [
  {
    key: 'title',
    head: w.title,
    cell: (row) => row.title,
    text: (row) => row.title,
  },
  {
    key: 'number',
    head: w.number,
    cell: (row) => <span className="mono nowrap">{groupedNumber(row.registrationNumber)}</span>,
    text: (row) => row.registrationNumber,
  },
  {
    key: 'standing',
    head: w.standing,
    cell: (row) => (
      <span className="tags">
        <StandingTag standing={row.standing} amendment={row.amendment} w={w} />
        {row.pendingChange ? <Tag tone="warn">{w.changePending}</Tag> : null}
      </span>
    ),
    text: (row) => w[`standing.${row.standing}`],
  },
  {
    key: 'type',
    head: w.contractType,
    cell: (row) => <span className="nowrap">{contractTypeName(row.contractType, language)}</span>,
    text: (row) => contractTypeName(row.contractType, language),
  },
  {
    key: 'seller',
    head: w.seller,
    cell: (row) => row.seller.name,
    text: (row) => row.seller.name,
  },
  { key: 'buyer', head: w.buyer, cell: (row) => row.buyer.name, text: (row) => row.buyer.name },
  {
    key: 'district',
    head: w.district,
    cell: (row) => <span className="nowrap">{regionName(row.sellerDistrict, language, t)}</span>,
    text: (row) => regionName(row.sellerDistrict, language, t),
  },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: (row) => <Amount fen={row.contractValueFen} />,
    text: (row) => exactYuan(BigInt(row.contractValueFen)),
  },
  {
    key: 'technology',
    head: w.technologyValue,
    align: 'right',
    cell: (row) => <Amount fen={row.technologyValueFen} />,
    text: (row) => exactYuan(BigInt(row.technologyValueFen)),
  },
  {
    key: 'registeredOn',
    head: w.registeredOn,
    cell: (row) => <Day day={row.registeredOn} />,
    text: (row) => row.registeredOn,
  },
];
