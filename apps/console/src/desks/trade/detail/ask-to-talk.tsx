import { newId } from '@jishi/contracts/ids';
import type { Side } from '@jishi/contracts/market/negotiation';
import { listNegotiations, openNegotiation } from '@jishi/contracts/market/trade';
import { useState } from 'react';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Dialog } from '../../../kit/dialog.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { go, Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

const NOTE_MAX = 1_000;
const ROLE = { buyer: 'buyer', seller: 'listing-officer' } as const;

interface Subject {
  readonly as: Side;
  readonly listingId: string | null;
  readonly needId: string | null;
}

/** The room that is open already on this subject, if there is one. */
const useOpenRoom = (subject: Subject, when: boolean) => {
  const { data } = useRead(listNegotiations, { query: { limit: 100 } }, { when });
  return data?.items.find(
    (room) =>
      room.you === subject.as &&
      room.status !== 'rejected' &&
      room.status !== 'withdrawn' &&
      (subject.as === 'buyer'
        ? room.listingId === subject.listingId
        : room.needId === subject.needId),
  );
};

/**
 * 申请接洽: opens a negotiation and leads into its room. Who is not signed in is led to signing in;
 * who has a room on it already, to that room; whose role cannot ask sees nothing.
 */
export const AskToTalk = (
  props: Subject & { ownerPartyId: string; look?: 'primary' | 'outlined' },
) => {
  const { t } = useWords();
  const { w } = useTradeWords();
  const known = useWho();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [negotiationId] = useState(newId);
  const act = useAct(openNegotiation, (room) => go(`/desk/negotiations/${room.negotiationId}`));
  const trouble = useTrouble(act);
  const roles = known.state === 'person' ? known.me.roles : [];
  const may = roles.includes(ROLE[props.as]);
  const room = useOpenRoom(props, may);
  const look = props.look ?? 'primary';
  const label = props.as === 'buyer' ? w.askToTalk : w.offerToTalk;
  if (known.state === 'nobody') {
    const back = encodeURIComponent(window.location.pathname + window.location.search);
    return (
      <Link to={`/sign-in?back=${back}`} className={look}>
        {label}
      </Link>
    );
  }
  const mine =
    known.state === 'person' && known.me.membership?.organisation.partyId === props.ownerPartyId;
  if (!may || mine) return null;
  if (room) {
    return (
      <Link to={`/desk/negotiations/${room.negotiationId}`} className={look}>
        {w.toRoom}
      </Link>
    );
  }
  const { as, listingId, needId } = props;
  const send = (): void =>
    act.mutate({ body: { negotiationId, as, listingId, needId, note: note.trim() } });
  return (
    <>
      <button type="button" className={look} onClick={() => setOpen(true)}>
        {label}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={label}>
        <div className="field">
          <label htmlFor="talk-note">
            {w.talkNote} <span className="hint">{t.optional}</span>
          </label>
          <textarea
            id="talk-note"
            rows={4}
            maxLength={NOTE_MAX}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <p className="hint">{w.talkHint}</p>
        </div>
        {trouble ? <TroubleNotice trouble={trouble} /> : null}
        <div className="dialog-actions">
          <button type="button" className="outlined" onClick={() => setOpen(false)}>
            {t.cancel}
          </button>
          <BusyButton busy={act.isPending} onClick={send}>
            {w.sendTalk}
          </BusyButton>
        </div>
      </Dialog>
    </>
  );
};
