import type { NeedView } from '@jishi/contracts/market/listing';
import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { listNegotiations } from '@jishi/contracts/market/trade';
import { listNeeds } from '@jishi/contracts/market/trade-listings';
import type { ReactNode } from 'react';
import { useRead } from '../../api/queries.ts';
import { fieldName } from '../../format/names.ts';
import { Tag } from '../../kit/marks.tsx';
import { PageHead, Section } from '../../kit/page.tsx';
import { Empty, Load } from '../../kit/states.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { Amount, Day } from '../../kit/values.tsx';
import { Link } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import type { Language } from '../../words/words.tsx';
import { roomTitle, turnText } from './names.ts';
import { type DealsWords, dealsWords } from './words.ts';
import './deals.css';

const WATCH_MS = 10_000;
const NEEDS_SHOWN = 20;

const sidesOf = ({ seller, buyer }: NegotiationView): string => `${seller.name} · ${buyer.name}`;

const dealColumns = (w: DealsWords): readonly Column<NegotiationView>[] => [
  { key: 'subject', head: w.subject, cell: roomTitle, text: roomTitle },
  { key: 'sides', head: `${w['side.seller']} · ${w['side.buyer']}`, cell: sidesOf, text: sidesOf },
  {
    key: 'state',
    head: w.state,
    cell: (room) => (
      <Tag tone={room.turn === 'broker' ? 'warn' : 'plain'}>
        {room.turn === 'broker' ? turnText(room, w) : w[`status.${room.status}`]}
      </Tag>
    ),
    text: (room) => w[`status.${room.status}`],
  },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: (room) => (room.agreedTerms ? <Amount fen={room.agreedTerms.contractValueFen} /> : '—'),
    text: (room) => room.agreedTerms?.contractValueFen ?? '',
  },
];

const needColumns = (w: DealsWords, language: Language): readonly Column<NeedView>[] => [
  {
    key: 'title',
    head: w.needTitle,
    cell: (need) => need.content.title,
    text: (need) => need.content.title,
  },
  {
    key: 'field',
    head: w.field,
    cell: (need) => fieldName(need.content.fieldCode, language),
    text: (need) => fieldName(need.content.fieldCode, language),
  },
  {
    key: 'owner',
    head: w.needOwner,
    cell: (need) => need.owner.name,
    text: (need) => need.owner.name,
  },
  {
    key: 'budget',
    head: w.budget,
    align: 'right',
    cell: (need) =>
      need.content.budgetFen ? <Amount fen={need.content.budgetFen} /> : w.budgetNone,
    text: (need) => need.content.budgetFen ?? '',
  },
  {
    key: 'posted',
    head: w.postedOn,
    cell: (need) => (need.openedOn ? <Day day={need.openedOn} /> : '—'),
    text: (need) => need.openedOn ?? '',
  },
];

const Deals = ({ rooms }: { rooms: readonly NegotiationView[] }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const mine = rooms.filter((room) => room.you === 'broker');
  if (mine.length === 0) {
    return (
      <Empty action={<Link to="/desk/negotiations">{w.negotiations}</Link>}>{w.noBrokerage}</Empty>
    );
  }
  const waiting = mine.filter((room) => room.turn === 'broker');
  const others = mine.filter((room) => room.turn !== 'broker');
  const table = (caption: string, rows: readonly NegotiationView[]) =>
    rows.length === 0 ? null : (
      <Section title={caption}>
        <Table
          caption={caption}
          columns={dealColumns(w)}
          rows={rows}
          rowKey={(room) => room.negotiationId}
          to={(room) => `/desk/negotiations/${room.negotiationId}`}
          keys
        />
      </Section>
    );
  return (
    <>
      {table(w.waitingForMe, waiting)}
      {table(w.confirmedDeals, others)}
    </>
  );
};

/** Which deals name me, and which could I bring together? */
export const BrokeragePage = (): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const rooms = useRead(
    listNegotiations,
    { query: { limit: 100 } },
    { everyMs: WATCH_MS, keep: true },
  );
  const needs = useRead(listNeeds, { query: { limit: NEEDS_SHOWN } });
  return (
    <>
      <PageHead
        title={w.brokerage}
        note={w.brokerageNote}
        ready={rooms.data !== undefined && needs.data !== undefined}
      />
      <Load query={rooms}>{({ items }) => <Deals rooms={items} />}</Load>
      <Section title={w.opportunities}>
        <p className="hint">{w.opportunitiesNote}</p>
        <Load query={needs}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{w.noOpportunities}</Empty>
            ) : (
              <Table
                caption={w.opportunities}
                columns={needColumns(w, language)}
                rows={items}
                rowKey={(need) => need.needId}
                to={(need) => `/needs/${need.needId}`}
              />
            )
          }
        </Load>
      </Section>
    </>
  );
};
