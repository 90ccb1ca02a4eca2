import { newId } from '@jishi/contracts/ids';
import {
  MATCH_REJECTIONS,
  MatchRejectionCode,
  rejectMatch,
  withdrawRejection,
} from '@jishi/contracts/market/matching';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

/** Takes a rejection back; the match stands where it stood. */
export const useTakeBack = (needId: string) => {
  const { w } = useTradeWords();
  const say = useSay();
  const act = useAct(withdrawRejection, () => say(w.takenBack));
  return (rejectionId: string): void => act.mutate({ params: { needId, rejectionId } });
};

/** 不合适: one coded reason by one press or one key, said, and taken back as easily. */
export const SetAside = (props: { needId: string; listingId: string }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const say = useSay();
  const takeBack = useTakeBack(props.needId);
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const act = useAct(rejectMatch, ({ rejectionId }) =>
    say(w.setAsideSaid, () => takeBack(rejectionId)),
  );
  const trouble = useTrouble(act);
  useEffect(() => {
    if (open) menu.current?.querySelector<HTMLElement>('button')?.focus();
  }, [open]);
  const choose = (reason: MatchRejectionCode): void => {
    setOpen(false);
    const body = { rejectionId: newId(), listingId: props.listingId, reason };
    act.mutate({ params: { needId: props.needId }, body });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      setOpen(false);
      opener.current?.focus();
    }
    const reason = MatchRejectionCode.options[Number(event.key) - 1];
    if (reason) choose(reason);
  };
  return (
    <span className="set-aside">
      <button
        ref={opener}
        type="button"
        className="outlined"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {w.notSuitable}
      </button>
      {open ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to its buttons.
        <div ref={menu} className="reason-menu" onKeyDown={onKey}>
          <p className="hint">{w.whyNot}</p>
          {MatchRejectionCode.options.map((reason, i) => (
            <button key={reason} type="button" onClick={() => choose(reason)}>
              <kbd>{i + 1}</kbd> {MATCH_REJECTIONS[reason][language]}
            </button>
          ))}
        </div>
      ) : null}
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
    </span>
  );
};

/** A match that is put aside says why, and how to have it back. */
export const PutAside = (props: {
  needId: string;
  rejected: { readonly rejectionId: string; readonly reason: MatchRejectionCode };
}) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const takeBack = useTakeBack(props.needId);
  const { rejectionId, reason } = props.rejected;
  return (
    <p className="page-actions">
      <span>{fill(w.putAsideFor, { why: MATCH_REJECTIONS[reason][language] })}</span>
      <button type="button" className="quiet" onClick={() => takeBack(rejectionId)}>
        {w.takeBack}
      </button>
    </p>
  );
};
