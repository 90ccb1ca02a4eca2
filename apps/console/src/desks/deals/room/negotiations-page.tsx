import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { listNegotiations } from '@jishi/contracts/market/trade';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount, At } from '../../../kit/values.tsx';
import { Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { isMyTurn, roomTitle, turnText } from '../names.ts';
import { type DealsWords, dealsWords } from '../words.ts';
import '../deals.css';

const WATCH_MS = 10_000;
const PAGE_SIZE = 100;

const otherSideOf = (room: NegotiationView): string =>
  room.you === 'seller'
    ? room.buyer.name
    : room.you === 'buyer'
      ? room.seller.name
      : `${room.seller.name} · ${room.buyer.name}`;

const contractValueOf = (room: NegotiationView): string | null =>
  (room.agreedTerms ?? room.openOffer?.terms)?.contractValueFen ?? null;

const TurnTag = ({ room, w }: { room: NegotiationView; w: DealsWords }): ReactNode => (
  <Tag tone={room.turn === null ? 'plain' : isMyTurn(room) ? 'warn' : 'info'}>
    {turnText(room, w)}
  </Tag>
);

const columnsOf = (w: DealsWords): readonly Column<NegotiationView>[] => [
  { key: 'subject', head: w.subject, cell: roomTitle, text: roomTitle },
  { key: 'other', head: w.otherSide, cell: otherSideOf, text: otherSideOf },
  {
    key: 'turn',
    head: w.turn,
    cell: (room) => <TurnTag room={room} w={w} />,
    text: (room) => turnText(room, w),
  },
  {
    key: 'state',
    head: w.state,
    cell: (room) => w[`status.${room.status}`],
    text: (room) => w[`status.${room.status}`],
  },
  {
    key: 'value',
    head: w.contractValue,
    align: 'right',
    cell: (room) => {
      const fen = contractValueOf(room);
      return fen === null ? '—' : <Amount fen={fen} />;
    },
    text: (room) => contractValueOf(room) ?? '',
  },
  {
    key: 'last',
    head: w.lastStep,
    cell: (room) => {
      const last = room.log.at(-1);
      return last ? <At instant={last.at} /> : '—';
    },
    text: (room) => room.log.at(-1)?.at ?? '',
  },
];

/** Mine to answer first, then the other living ones, then those that have ended. */
const inOrder = (rooms: readonly NegotiationView[]): readonly NegotiationView[] => {
  const rank = (room: NegotiationView): number =>
    room.turn === null ? 2 : isMyTurn(room) && room.turn !== 'either' ? 0 : 1;
  return [...rooms].sort((a, b) => rank(a) - rank(b));
};

const Rooms = ({ rooms }: { rooms: readonly NegotiationView[] }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const [show] = useParameter('show');
  if (rooms.length === 0) {
    return <Empty action={<Link to="/results">{w.findResults}</Link>}>{w.noNegotiations}</Empty>;
  }
  const mine = rooms.filter(isMyTurn);
  const shown = inOrder(show === 'mine' ? mine : rooms);
  return (
    <>
      <Choices
        label={w.show}
        parameter="show"
        choices={[
          { value: null, label: w.all, count: rooms.length },
          { value: 'mine', label: w.onlyMyTurn, count: mine.length },
        ]}
      />
      <Table
        caption={w.negotiations}
        columns={columnsOf(w)}
        rows={shown}
        rowKey={(room) => room.negotiationId}
        to={(room) => `/desk/negotiations/${room.negotiationId}`}
        keys
      />
    </>
  );
};

/** Which negotiations wait for me? */
export const NegotiationsPage = (): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const query = useRead(
    listNegotiations,
    { query: { limit: PAGE_SIZE } },
    { everyMs: WATCH_MS, keep: true },
  );
  return (
    <>
      <PageHead
        title={w.negotiations}
        note={w.negotiationsNote}
        ready={query.data !== undefined || query.isError}
      />
      <Load query={query}>{({ items }) => <Rooms rooms={items} />}</Load>
    </>
  );
};
