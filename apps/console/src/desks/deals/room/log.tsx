import type { NegotiationEntry, NegotiationView } from '@jishi/contracts/market/negotiation';
import { type OfferInLog, offersInLog } from '@jishi/contracts/market/term-changes';
import type { ReactNode } from 'react';
import { dayOf } from '../../../format/moment.ts';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { At } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { namesOf } from '../intention.ts';
import { entryName, isSaid, partText } from '../names.ts';
import { dealsWords } from '../words.ts';

const FATE_TONES: Readonly<Record<OfferInLog['fate'], Tone>> = {
  open: 'warn',
  accepted: 'ok',
  replaced: 'plain',
  declined: 'bad',
  withdrawn: 'plain',
  expired: 'plain',
};
const ENDED: readonly OfferInLog['fate'][] = ['declined', 'withdrawn', 'expired'];

const Changes = ({ offer, room }: { offer: OfferInLog; room: NegotiationView }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const { before } = offer;
  const { terms } = offer.entry;
  if (terms === null) return null;
  const naming = { language, w, names: namesOf(room) };
  const shown = offer.changed.filter(
    (part) => isSaid(terms, part) || (before !== null && isSaid(before, part)),
  );
  if (shown.length === 0) return <p className="hint">{w.sameTerms}</p>;
  const struck = ENDED.includes(offer.fate);
  return (
    <dl className={struck ? 'term-changes is-struck' : 'term-changes'}>
      {shown.map((part) => (
        <div key={part}>
          <dt>{w[`part.${part}`]}</dt>
          <dd>
            {before ? (
              <>
                <del>
                  <span className="visually-hidden">{w.changedFrom} </span>
                  {partText(before, part, naming)}
                </del>
                <span aria-hidden="true"> → </span>
              </>
            ) : null}
            <ins>
              {before ? <span className="visually-hidden">{w.changedTo} </span> : null}
              {partText(terms, part, naming)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Reasons = ({ entry }: { entry: NegotiationEntry }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  if (entry.reasons.length === 0) return null;
  return (
    <ul className="entry-reasons">
      {entry.reasons.map((reason) => (
        <li key={reason.code}>
          {w[`reason.${reason.code}`]}
          {reason.note ? ` · ${reason.note}` : ''}
        </li>
      ))}
    </ul>
  );
};

const OfferMarks = ({ offer }: { offer: OfferInLog }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { expiresOn } = offer.entry;
  return (
    <>
      <Tag tone={FATE_TONES[offer.fate]}>{w[`fate.${offer.fate}`]}</Tag>
      {expiresOn ? <span className="hint">{fill(w.untilDay, { day: expiresOn })}</span> : null}
    </>
  );
};

const Entry = (props: {
  entry: NegotiationEntry;
  offer: OfferInLog | undefined;
  isFirst: boolean;
  room: NegotiationView;
}): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { entry, offer, room } = props;
  const who = room[entry.by]?.name ?? '';
  const you = entry.by === room.you ? w.you : '';
  return (
    <li className={entry.by === room.you ? 'entry entry-mine' : 'entry'}>
      <p className="entry-head">
        <strong>{entryName(entry, props.isFirst, w)}</strong>
        <span>
          {w[`side.${entry.by}`]}
          {you} {who}
        </span>
        <At instant={entry.at} />
        {offer ? <OfferMarks offer={offer} /> : null}
      </p>
      {offer ? <Changes offer={offer} room={room} /> : null}
      {entry.note ? <p className="entry-note">{entry.note}</p> : null}
      <Reasons entry={entry} />
    </li>
  );
};

/** What was said, in order, newest last; of each offer what it changed, old → new. */
export const RoomLog = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const offers = offersInLog(room.log, dayOf(Date.now()));
  return (
    <Section title={w.log} id="log">
      <ol className="room-log" aria-live="polite" aria-relevant="additions">
        {room.log.map((entry) => {
          const at = offers.findIndex((offer) => offer.entry.version === entry.version);
          return (
            <Entry
              key={entry.version}
              entry={entry}
              offer={offers[at]}
              isFirst={at === 0}
              room={room}
            />
          );
        })}
      </ol>
    </Section>
  );
};
