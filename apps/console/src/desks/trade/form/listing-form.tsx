import { newId } from '@jishi/contracts/ids';
import {
  discardListingDraft,
  type ListingDraftView,
  readListingDraft,
  saveListingDraft,
  submitListingDraft,
} from '@jishi/contracts/market/drafts';
import { priceNoticeRule } from '@jishi/contracts/market/price-notice';
import { listingQuality } from '@jishi/contracts/market/quality';
import { useState } from 'react';
import { type FieldPath, useForm } from 'react-hook-form';
import { call } from '../../../api/call.ts';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Confirm } from '../../../kit/dialog.tsx';
import { showAtFields } from '../../../kit/form-problems.tsx';
import { Columns, PageHead, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { go } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useWords } from '../../../words/words.tsx';
import { ListingCard } from '../record-card.tsx';
import '../trade.css';
import { troubleOf } from '../../../api/trouble.ts';
import { useTradeWords } from '../use-words.ts';
import { controlOf } from './focus-field.ts';
import { useFreshAfter } from './forget-drafts.ts';
import { GapList } from './gap-list.tsx';
import { ListingSections } from './listing-sections.tsx';
import {
  bodyOfListing,
  emptyListing,
  type ListingValues,
  valuesOfListing,
} from './listing-values.ts';
import { ReturnedNotice } from './returned-notice.tsx';
import { SaveLine } from './save-line.tsx';
import { ScorePanel } from './score-panel.tsx';
import { useAutosave, useWhenTypingPauses } from './use-autosave.ts';

interface Props {
  readonly listingId: string;
  /** What is kept of it; null for one that was never saved. */
  readonly view: ListingDraftView | null;
  readonly onFirstSave?: () => void;
}

const useOwner = () => {
  const known = useWho();
  const me = known.state === 'person' ? known.me : null;
  const organisation = me?.membership?.organisation ?? null;
  return { me, organisation };
};

const Discard = (props: {
  listingId: string;
  version: number;
  open: boolean;
  onClose: () => void;
}) => {
  const { w } = useTradeWords();
  const say = useSay();
  const [commandId] = useState(newId);
  const act = useAct(discardListingDraft, () => {
    say(w.draftDiscarded);
    go('/desk/listings');
  });
  const trouble = useTrouble(act);
  const { listingId, version } = props;
  return (
    <Confirm
      open={props.open}
      onClose={props.onClose}
      title={w.discardDraft}
      act={w.discardDraft}
      busy={act.isPending}
      trouble={trouble}
      onAct={() => act.mutate({ params: { listingId }, body: { commandId, version } })}
    >
      <p>{w.discardMeaning}</p>
    </Confirm>
  );
};

/** What is missing before it can be public? Saved by itself; the market judges at submission. */
export const ListingForm = ({ listingId, view, onFirstSave }: Props) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const say = useSay();
  useFreshAfter('listing');
  const { me, organisation } = useOwner();
  const [discarding, setDiscarding] = useState(false);
  const form = useForm<ListingValues>({
    defaultValues: view
      ? valuesOfListing(view)
      : emptyListing({
          district: organisation?.district ?? '',
          name: me?.name ?? '',
          email: me?.email ?? '',
        }),
  });
  const values = form.watch();
  const body = bodyOfListing(values);
  const params = { listingId };
  const autosave = useAutosave({
    version: view?.version ?? 0,
    savedAt: view?.savedAt ?? null,
    known: bodyOfListing(form.formState.defaultValues as ListingValues),
    send: (sent) => call(saveListingDraft, { params, body: sent }),
    readVersion: async () => (view ? (await call(readListingDraft, { params })).version : 0),
  });
  const save = async (): Promise<boolean> => {
    const done = await autosave.save(bodyOfListing(form.getValues()));
    if (done && autosave.version.current > 0) onFirstSave?.();
    return done;
  };
  useWhenTypingPauses(JSON.stringify(body), () => void save());
  const submit = useAct(
    submitListingDraft,
    () => {
      say(w.submitted);
      go('/desk/listings');
    },
    (error) =>
      showAtFields(
        form,
        troubleOf(error, language),
        language,
        (field) => controlOf(field) as FieldPath<ListingValues>,
      ),
  );
  const trouble = useTrouble(submit);
  const send = async (): Promise<void> => {
    form.clearErrors();
    if (!(await save())) return;
    // Nothing was changed, so nothing is kept yet: what is submitted is kept first.
    const unsaved = autosave.version.current === 0;
    if (unsaved && !(await autosave.keepMine(bodyOfListing(form.getValues())))) return;
    submit.mutate({ params, body: { commandId: newId(), version: autosave.version.current } });
  };
  const rule = organisation
    ? priceNoticeRule(organisation.nature, body.content.price.mode)
    : (view?.priceNotice ?? null);
  const retry = (): void => void save();
  return (
    <>
      <PageHead
        title={values.title || (view ? w.untitled : w.newListing)}
        note={w.formNote}
        actions={
          <>
            <BusyButton busy={submit.isPending} onClick={() => void send()}>
              {w.submitForReview}
            </BusyButton>
            {view && view.version > 0 ? (
              <button type="button" className="quiet" onClick={() => setDiscarding(true)}>
                {w.discardDraft}
              </button>
            ) : null}
          </>
        }
      />
      <ReturnedNotice reasons={view?.reasons ?? []} />
      <GapList trouble={trouble} />
      <Columns
        main={
          <form noValidate onSubmit={(event) => event.preventDefault()}>
            <ListingSections form={form} onLeave={retry} rule={rule} />
          </form>
        }
        side={
          <div className="sticky-side">
            <SaveLine
              state={autosave.state}
              onRetry={retry}
              onKeepMine={() => void autosave.keepMine(bodyOfListing(form.getValues()))}
            />
            <ScorePanel quality={listingQuality(body.content)} />
            <Section title={w.asReadersSee}>
              <ListingCard facts={body.content} owner={organisation?.name ?? ''} level="h3" />
            </Section>
          </div>
        }
      />
      <Discard
        listingId={listingId}
        version={autosave.version.current}
        open={discarding}
        onClose={() => setDiscarding(false)}
      />
    </>
  );
};
