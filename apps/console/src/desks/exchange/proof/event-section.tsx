import { Envelope } from '@jishi/contracts/ledger/envelope';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { BusyButton } from '../../../kit/dialog.tsx';
import { TextField } from '../../../kit/fields.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { checkEvent } from './event-check.ts';
import { checkHead } from './head-check.ts';
import { envelopeAt, headAtLeast, proofOf } from './log-reader.ts';
import { StepList } from './step-list.tsx';
import { useSteps } from './use-steps.ts';
import { proofWords } from './words.ts';

const SEQUENCE = /^[1-9]\d{0,14}$/;

const envelopeOf = (text: string): Envelope | null => {
  try {
    return Envelope.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

const EventFacts = ({ envelope }: { envelope: Envelope }) => {
  const { w } = useAreaWords(proofWords);
  return (
    <Facts
      items={[
        [w.eventType, envelope.type],
        [w.lastRecorded, <At key="at" instant={envelope.recordedAt} />],
        [w.eventCommit, envelope.commit ? <Hash key="commit" hex={envelope.commit} /> : w.none],
      ]}
    />
  );
};

const useEventCheck = () => {
  const steps = useSteps();
  const [event, setEvent] = useState<Envelope | null>(null);
  const [missing, setMissing] = useState<number | null>(null);
  const check = async (seq: number, given: string | null): Promise<void> => {
    setEvent(null);
    setMissing(null);
    await steps.run(async (tell) => {
      const signed = await headAtLeast(seq);
      const envelope = given ?? (signed ? await envelopeAt(seq) : null);
      if (!signed || envelope === null) return setMissing(seq);
      setEvent(envelopeOf(envelope));
      const head = await checkHead(signed.note, [signed.verifierKey], tell);
      if (!head) return;
      await checkEvent({ seq, envelope }, await proofOf(seq, head.size), head, tell);
    });
  };
  return { steps, event, missing, check };
};

/** Leaf, path and root of one event, by its sequence or as the text that somebody gave. */
export const EventSection = () => {
  const { w } = useAreaWords(proofWords);
  const [asked] = useParameter('seq');
  const form = useForm({
    defaultValues: { text: SEQUENCE.test(asked ?? '') ? (asked ?? '') : '' },
  });
  const { steps, event, missing, check } = useEventCheck();
  const run = async ({ text }: { text: string }): Promise<void> => {
    const input = text.trim();
    const given = SEQUENCE.test(input) ? null : envelopeOf(input);
    const seq = given ? given.seq : Number(input);
    if (given || SEQUENCE.test(input)) await check(seq, given ? input : null);
    else form.setError('text', { message: w.eventNeed });
  };
  return (
    <Section title={w.eventTitle} id="event">
      <p>{w.eventNote}</p>
      <form onSubmit={form.handleSubmit(run)} noValidate>
        <TextField
          control={form.control}
          name="text"
          label={w.eventInput}
          hint={w.eventHint}
          lines={3}
        />
        <p className="form-actions">
          <BusyButton busy={steps.busy} submits>
            {w.check}
          </BusyButton>
        </p>
      </form>
      {missing === null ? null : <p role="status">{fill(w.eventMissing, { seq: missing })}</p>}
      <StepList of={steps} />
      {event && steps.isDone ? <EventFacts envelope={event} /> : null}
    </Section>
  );
};
