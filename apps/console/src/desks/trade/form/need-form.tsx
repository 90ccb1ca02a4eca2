import { newId } from '@jishi/contracts/ids';
import {
  type NeedDraftView,
  readNeedDraft,
  saveNeedDraft,
  submitNeedDraft,
} from '@jishi/contracts/market/drafts';
import { previewMatches } from '@jishi/contracts/market/matching';
import { needQuality } from '@jishi/contracts/market/quality';
import { useEffect, useState } from 'react';
import { type FieldPath, useForm } from 'react-hook-form';
import { call } from '../../../api/call.ts';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { troubleOf } from '../../../api/trouble.ts';
import { dayOf } from '../../../format/moment.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { showAtFields } from '../../../kit/form-problems.tsx';
import { Columns, PageHead } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { go } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useWords } from '../../../words/words.tsx';
import '../trade.css';
import { worthShowing } from '../matches/order.ts';
import { useTradeWords } from '../use-words.ts';
import { controlOf } from './focus-field.ts';
import { useFreshAfter } from './forget-drafts.ts';
import { GapList } from './gap-list.tsx';
import { NeedFields } from './need-fields.tsx';
import { NeedPreview } from './need-preview.tsx';
import {
  bodyOfNeed,
  emptyNeed,
  type NeedBody,
  type NeedValues,
  valuesOfNeed,
} from './need-values.ts';
import { ReturnedNotice } from './returned-notice.tsx';
import { SaveLine } from './save-line.tsx';
import { ScorePanel } from './score-panel.tsx';
import { useAutosave, useWhenTypingPauses } from './use-autosave.ts';
import { useReading } from './use-reading.ts';

interface Props {
  readonly needId: string;
  readonly view: NeedDraftView | null;
  readonly onFirstSave?: () => void;
}

const PREVIEW_PAUSE_MS = 350;
const PREVIEW_FROM_CHARACTERS = 6;

/** What is asked for by the preview: it follows the writing at a short distance. */
const useFollowing = (body: NeedBody['content']) => {
  const text = JSON.stringify(body);
  const [followed, setFollowed] = useState(body);
  useEffect(() => {
    const timer = window.setTimeout(() => setFollowed(JSON.parse(text)), PREVIEW_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return followed;
};

const usePreview = (content: NeedBody['content']) => {
  const followed = useFollowing(content);
  const enough = followed.text.length >= PREVIEW_FROM_CHARACTERS;
  // While the title is read from the text it would only repeat it.
  const asked = { body: { ...followed, title: '' }, query: { limit: 20 } };
  return { ...useRead(previewMatches, asked, { when: enough, keep: true }), enough };
};

/** 发布需求: two sentences, and what matches them while they are written. */
export const NeedForm = ({ needId, view, onFirstSave }: Props) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const say = useSay();
  const known = useWho();
  useFreshAfter('need');
  const me = known.state === 'person' ? known.me : null;
  const today = dayOf(Date.now());
  const form = useForm<NeedValues>({
    defaultValues: view
      ? valuesOfNeed(view)
      : emptyNeed({
          district: me?.membership?.organisation.district ?? '',
          name: me?.name ?? '',
          email: me?.email ?? '',
        }),
  });
  const body = bodyOfNeed(form.watch());
  const preview = usePreview(body.content);
  const matches = preview.enough && preview.data ? worthShowing(preview.data.items) : undefined;
  const { readByUs, chosen } = useReading(form, today, matches);
  const params = { needId };
  const autosave = useAutosave({
    version: view?.version ?? 0,
    savedAt: view?.savedAt ?? null,
    known: bodyOfNeed(form.formState.defaultValues as NeedValues),
    send: (sent) => call(saveNeedDraft, { params, body: sent }),
    readVersion: async () => (view ? (await call(readNeedDraft, { params })).version : 0),
  });
  const save = async (): Promise<boolean> => {
    const done = await autosave.save(bodyOfNeed(form.getValues()));
    if (done && autosave.version.current > 0) onFirstSave?.();
    return done;
  };
  const leave = (): void => void save();
  useWhenTypingPauses(JSON.stringify(body), leave);
  const submit = useAct(
    submitNeedDraft,
    () => {
      say(w.needSubmitted);
      go(`/desk/needs/${needId}/matches`);
    },
    (error) =>
      showAtFields(
        form,
        troubleOf(error, language),
        language,
        (field) => controlOf(field) as FieldPath<NeedValues>,
      ),
  );
  const send = async (): Promise<void> => {
    form.clearErrors();
    if (!(await save())) return;
    const unsaved = autosave.version.current === 0;
    if (unsaved && !(await autosave.keepMine(bodyOfNeed(form.getValues())))) return;
    submit.mutate({ params, body: { commandId: newId(), version: autosave.version.current } });
  };
  return (
    <>
      <PageHead
        title={view ? body.content.title || w.untitled : w.newNeed}
        note={w.needFormNote}
        actions={
          <BusyButton busy={submit.isPending} onClick={() => void send()}>
            {w.publishNeed}
          </BusyButton>
        }
      />
      <ReturnedNotice reasons={view?.reasons ?? []} />
      <GapList trouble={useTrouble(submit)} />
      <Columns
        main={
          <form noValidate onSubmit={(event) => event.preventDefault()}>
            <NeedFields {...{ form, today, readByUs }} onLeave={leave} onChosen={chosen} />
          </form>
        }
        side={
          <div className="sticky-side">
            <SaveLine
              state={autosave.state}
              onRetry={leave}
              onKeepMine={() => void autosave.keepMine(bodyOfNeed(form.getValues()))}
            />
            <NeedPreview
              matches={matches}
              hint={preview.data?.hint ?? null}
              busy={preview.isFetching}
            />
            <ScorePanel quality={needQuality(body.content)} />
          </div>
        }
      />
    </>
  );
};
