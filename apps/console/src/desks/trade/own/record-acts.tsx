import { newId } from '@jishi/contracts/ids';
import { CloseReason } from '@jishi/contracts/market/listing';
import {
  closeListing,
  closeNeed,
  renewListing,
  renewNeed,
} from '@jishi/contracts/market/trade-listings';
import { useState } from 'react';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Dialog } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

interface Props {
  readonly kind: 'listing' | 'need';
  readonly id: string;
  readonly version: number;
  readonly expiresOn: string | null;
}

const CloseDialog = (props: Props & { onClose: () => void }) => {
  const { t } = useWords();
  const { w } = useTradeWords();
  const say = useSay();
  const [reason, setReason] = useState<CloseReason>('traded');
  const [commandId] = useState(newId);
  const done = (): void => {
    say(w.closed);
    props.onClose();
  };
  const ofListing = useAct(closeListing, done);
  const ofNeed = useAct(closeNeed, done);
  const act = props.kind === 'listing' ? ofListing : ofNeed;
  const trouble = useTrouble(act);
  const names: Readonly<Record<CloseReason, string>> = {
    traded: w.closeTraded,
    withdrawn: w.closeWithdrawn,
    superseded: w.closeSuperseded,
    other: w.closeOther,
  };
  const close = (): void => {
    const body = { commandId, version: props.version, reason };
    if (props.kind === 'listing') ofListing.mutate({ params: { listingId: props.id }, body });
    else ofNeed.mutate({ params: { needId: props.id }, body });
  };
  return (
    <Dialog open onClose={props.onClose} title={w.closeRecord}>
      <fieldset className="field choice-field">
        <legend>{w.closeWhy}</legend>
        <div className="choice-list">
          {CloseReason.options.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="close-reason"
                checked={reason === name}
                onChange={() => setReason(name)}
              />
              {names[name]}
            </label>
          ))}
        </div>
      </fieldset>
      <p className="hint">{w.closeMeaning}</p>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={props.onClose}>
          {t.cancel}
        </button>
        <BusyButton busy={act.isPending} onClick={close}>
          {w.closeRecord}
        </BusyButton>
      </div>
    </Dialog>
  );
};

const RenewDialog = (props: Props & { onClose: () => void }) => {
  const { t } = useWords();
  const { w } = useTradeWords();
  const say = useSay();
  const [expiresOn, setExpiresOn] = useState(props.expiresOn ?? '');
  const done = (): void => {
    say(w.renewed);
    props.onClose();
  };
  const ofListing = useAct(renewListing, done);
  const ofNeed = useAct(renewNeed, done);
  const act = props.kind === 'listing' ? ofListing : ofNeed;
  const trouble = useTrouble(act);
  const renew = (): void => {
    const body = { commandId: newId(), version: props.version, expiresOn };
    if (props.kind === 'listing') ofListing.mutate({ params: { listingId: props.id }, body });
    else ofNeed.mutate({ params: { needId: props.id }, body });
  };
  return (
    <Dialog open onClose={props.onClose} title={w.renewRecord}>
      <div className="field">
        <label htmlFor="renew-until">{w.expires}</label>
        <input
          id="renew-until"
          type="date"
          value={expiresOn}
          onChange={(event) => setExpiresOn(event.target.value)}
        />
      </div>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={props.onClose}>
          {t.cancel}
        </button>
        <BusyButton busy={act.isPending} onClick={renew}>
          {w.renewRecord}
        </BusyButton>
      </div>
    </Dialog>
  );
};

/** 续期 and 撤下 of an own published record. */
export const RecordActs = (props: Props) => {
  const { w } = useTradeWords();
  const [open, setOpen] = useState<'close' | 'renew' | null>(null);
  const shut = (): void => setOpen(null);
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOpen('renew')}>
        {w.renewRecord}
      </button>
      <button type="button" className="outlined" onClick={() => setOpen('close')}>
        {w.closeRecord}
      </button>
      {open === 'close' ? <CloseDialog {...props} onClose={shut} /> : null}
      {open === 'renew' ? <RenewDialog {...props} onClose={shut} /> : null}
    </>
  );
};
