import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { readNegotiation } from '@jishi/contracts/market/trade';
import { type ReactNode, useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Link } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { isMyTurn, roomTitle, turnText } from '../names.ts';
import { dealsWords } from '../words.ts';
import { AcceptButton, RejectButton, WithdrawButton } from './answers.tsx';
import { BrokerAnswer } from './broker-answer.tsx';
import { DrawForm } from './draw-form.tsx';
import { RoomLog } from './log.tsx';
import { OfferForm } from './offer-form.tsx';
import { TermsView } from './terms-view.tsx';
import '../deals.css';

/** New entries of the other side appear by themselves. */
const WATCH_MS = 3_000;

const Contacts = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { seller, buyer } = room.contacts;
  const known = (['seller', 'buyer'] as const).flatMap((side) => {
    const contact = side === 'seller' ? seller : buyer;
    if (!contact || room.you === side) return [];
    const { name, phone, email } = contact;
    return [[w[`side.${side}`], [name, phone, email].filter(Boolean).join(' · ')] as const];
  });
  if (known.length === 0) return null;
  return (
    <Section title={w.contacts}>
      <Facts items={known} />
    </Section>
  );
};

/** An offer of the other side: accept it, or answer it with another. */
const AnswerOffer = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const [countering, setCountering] = useState(false);
  return (
    <Section title={w.reply}>
      <div className="form-actions">
        {countering ? null : <AcceptButton room={room} />}
        <RejectButton room={room} />
        {countering ? null : (
          <button type="button" className="outlined" onClick={() => setCountering(true)}>
            {w.counterOffer}
          </button>
        )}
      </div>
      {countering ? <OfferForm room={room} look="primary" label={w.counterOffer} /> : null}
    </Section>
  );
};

const OwnOfferOut = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const [changing, setChanging] = useState(false);
  return (
    <Section title={w.reply}>
      <p>{w.waitOther}</p>
      {changing ? (
        <OfferForm room={room} look="outlined" label={w.changeMyOffer} />
      ) : (
        <button type="button" className="quiet" onClick={() => setChanging(true)}>
          {w.changeMyOffer}
        </button>
      )}
    </Section>
  );
};

/** What this side can do now; whose turn it is decides what is filled. */
const Reply = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  if (room.you === 'broker') {
    return room.turn === 'broker' ? (
      <Section title={w.reply}>
        <BrokerAnswer room={room} />
      </Section>
    ) : null;
  }
  if (room.status === 'agreed') {
    return room.turn === 'broker' ? (
      <Section title={w.reply}>
        <p>{w.waitBroker}</p>
      </Section>
    ) : (
      <DrawForm room={room} />
    );
  }
  if (room.status !== 'open') return null;
  if (room.turn === 'either') {
    return (
      <Section title={w.reply}>
        <OfferForm room={room} look="primary" label={w.offer} />
      </Section>
    );
  }
  return room.turn === room.you ? <AnswerOffer room={room} /> : <OwnOfferOut room={room} />;
};

const Room = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const canLeave = room.you !== 'broker' && (room.status === 'open' || room.status === 'agreed');
  const sides = [
    `${w['side.seller']}${room.you === 'seller' ? w.you : ''} ${room.seller.name}`,
    `${w['side.buyer']}${room.you === 'buyer' ? w.you : ''} ${room.buyer.name}`,
    ...(room.broker
      ? [`${w['side.broker']}${room.you === 'broker' ? w.you : ''} ${room.broker.name}`]
      : []),
  ];
  return (
    <>
      <PageHead
        title={roomTitle(room)}
        note={
          <>
            <Tag tone={isMyTurn(room) ? 'warn' : 'plain'}>{turnText(room, w)}</Tag>{' '}
            {w[`status.${room.status}`]} · {sides.join(' · ')}
          </>
        }
        actions={
          <>
            {room.contractId ? (
              <Link to={`/desk/contracts/${room.contractId}`} className="primary deal-link">
                {w.toContract}
              </Link>
            ) : null}
            {canLeave ? <WithdrawButton room={room} /> : null}
          </>
        }
        ready
      />
      <div className="deal-room">
        <Columns
          main={<RoomLog room={room} />}
          side={
            <>
              <TermsView room={room} />
              <Reply room={room} />
              <Contacts room={room} />
            </>
          }
        />
      </div>
    </>
  );
};

/** What is on the table, and whose turn is it? */
export const RoomPage = ({ values }: PageProps): ReactNode => {
  const negotiationId = values.negotiationId ?? '';
  const query = useRead(readNegotiation, { params: { negotiationId } }, { everyMs: WATCH_MS });
  return (
    <Load query={query} whole>
      {(room) => <Room room={room} />}
    </Load>
  );
};
