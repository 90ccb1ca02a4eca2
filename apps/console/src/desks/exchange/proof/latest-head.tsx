import { useState } from 'react';
import { dayOf, minuteTime } from '../../../format/moment.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { Skeleton } from '../../../states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { Command, headsCommand } from './command.tsx';
import { saveKey, saveNote } from './head-files.ts';
import { isAlarm, type Since } from './last-look.ts';
import { checkpointOf } from './note.ts';
import { StepList } from './step-list.tsx';
import type { Latest, LatestHead } from './use-latest.ts';
import { proofWords } from './words.ts';

const momentOf = (instant: string): string =>
  `${dayOf(Date.parse(instant))} ${minuteTime(Date.parse(instant))}`;

const Alarm = ({ of }: { of: LatestHead }) => {
  const { w } = useAreaWords(proofWords);
  const say = useSay();
  const [asks, setAsks] = useState(false);
  const { seen } = of;
  const size = seen ? (checkpointOf(seen.note)?.size ?? 0) : 0;
  return (
    <>
      <p>{w.alarmWhat}</p>
      <p className="form-actions">
        <button
          type="button"
          className="outlined"
          onClick={() => (seen ? saveNote(seen.note, size) : undefined)}
        >
          {w.saveSeen}
        </button>
        <button type="button" className="quiet" onClick={() => setAsks(true)}>
          {w.forget}
        </button>
      </p>
      <Confirm
        open={asks}
        onClose={() => setAsks(false)}
        title={w.forgetTitle}
        act={w.forget}
        busy={false}
        trouble={null}
        onAct={() => {
          setAsks(false);
          of.forget();
          say(w.forgotten);
        }}
      >
        <p>{w.forgetText}</p>
      </Confirm>
    </>
  );
};

/** The one line that an honest log always gives, or an alarm. */
const SinceLine = (props: { of: LatestHead; since: Since; latest: Latest }) => {
  const { w } = useAreaWords(proofWords);
  const { since, latest, of } = props;
  const text = fill(w[`since.${since.growth}`], {
    from: since.older?.size ?? 0,
    to: latest.head.size,
    day: since.seenAt ? momentOf(since.seenAt) : '',
    origin: since.older?.origin ?? '',
  });
  const alarm = isAlarm(since);
  const tone = alarm ? 'bad' : since.growth === 'first' ? 'info' : 'ok';
  return (
    <div className={alarm ? 'since since-alarm' : 'since'} role={alarm ? 'alert' : 'status'}>
      <p>
        <Tag tone={tone}>{w.sinceTitle}</Tag> {text}
      </p>
      {since.isKeyNew ? (
        <p>
          <Tag tone="warn">{w.key}</Tag> {w.sinceKeyNew}
        </p>
      ) : null}
      {alarm ? <Alarm of={of} /> : <p className="hint">{w.sinceWhere}</p>}
    </div>
  );
};

const Files = ({ latest }: { latest: Latest }) => {
  const { w } = useAreaWords(proofWords);
  const say = useSay();
  const { note, verifierKey, size } = latest.signed;
  const copy = async (text: string, said: string): Promise<void> => {
    await navigator.clipboard.writeText(text).then(
      () => say(said),
      () => undefined,
    );
  };
  return (
    <>
      <p className="form-actions">
        <button type="button" className="outlined" onClick={() => saveNote(note, size)}>
          {w.saveNote}
        </button>
        <button type="button" className="quiet" onClick={() => void copy(note, w.copiedNote)}>
          {w.copyNote}
        </button>
        <button type="button" className="outlined" onClick={() => saveKey(verifierKey)}>
          {w.saveKey}
        </button>
        <button type="button" className="quiet" onClick={() => void copy(verifierKey, w.copiedKey)}>
          {w.copyKey}
        </button>
      </p>
      <p className="hint">{w.keepIt}</p>
      <details>
        <summary>{w.noteText}</summary>
        <pre className="code-block">{note}</pre>
      </details>
    </>
  );
};

const HeadFacts = ({ latest }: { latest: Latest }) => {
  const { w } = useAreaWords(proofWords);
  const { head, signed } = latest;
  return (
    <Facts
      items={[
        [w.size, String(head.size)],
        [w.root, <Hash key="root" hex={head.root} />],
        [w.lastRecorded, <At key="at" instant={head.recordedAt} />],
        [w.kind, w[`kind.${head.kind}`]],
        [w.origin, <span key="origin">{head.origin}</span>],
        [
          w.key,
          <span key="key" className="mono">
            {signed.verifierKey}
          </span>,
        ],
      ]}
    />
  );
};

/** The latest head as it was signed, checked at once, and the log since the last look. */
export const LatestSection = ({ of }: { of: LatestHead }) => {
  const { w } = useAreaWords(proofWords);
  const { latest, since, steps, look } = of;
  const isOpen = steps.steps.some((step) => step.state === 'open');
  const isUnsigned = steps.trouble?.type === 'log-not-signed';
  return (
    <Section title={w.latest}>
      {latest ? <HeadFacts latest={latest} /> : steps.busy ? <Skeleton /> : null}
      {isUnsigned ? <p>{w.noHead}</p> : <StepList of={steps} onRetry={look} />}
      {isOpen ? (
        <>
          <p>{w.browserLacks}</p>
          <Command what={headsCommand(window.location.origin)} />
        </>
      ) : null}
      {latest && since ? <SinceLine of={of} since={since} latest={latest} /> : null}
      {latest ? <Files latest={latest} /> : null}
    </Section>
  );
};
