import { readFeed } from '@jishi/contracts/ledger/endpoints';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { readLeaves } from '@jishi/contracts/ledger/log-desk';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { call } from '../../../api/call.ts';
import { type Trouble, troubleOf } from '../../../api/trouble.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { TextField } from '../../../kit/fields.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { Facts, PageHead, Section } from '../../../kit/page.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../exchange.css';
import { leafOf } from '../../../kit/hashing.ts';
import { publicWords } from './words.ts';

interface Outcome {
  readonly seq: number;
  readonly envelope: Envelope;
  readonly computed: string;
  readonly stored: string;
}

const readEnvelope = (text: string): Envelope | null => {
  try {
    return Envelope.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

type Checked = { readonly outcome: Outcome } | { readonly missing: number } | null;

/** The text as given against the leaf of its sequence; a bare sequence is fetched first. */
const check = async (input: string): Promise<Checked> => {
  const isSequence = /^\d{1,15}$/.test(input);
  const given = isSequence ? null : readEnvelope(input);
  const seq = isSequence ? Number(input) : given?.seq;
  if (seq === undefined || seq < 1) return null;
  const query = { after: seq - 1, limit: 1 };
  const leaves = await call(readLeaves, { query });
  const stored = leaves.items.find((item) => item.seq === seq)?.leaf;
  if (!stored) return { missing: seq };
  const text = given
    ? input
    : (await call(readFeed, { query })).items.find((item) => item.seq === seq)?.envelope;
  const envelope = given ?? (text ? readEnvelope(text) : null);
  if (!text || !envelope) return { missing: seq };
  return { outcome: { seq, envelope, computed: await leafOf(text), stored } };
};

const Result = ({ outcome }: { outcome: Outcome }) => {
  const { w } = useAreaWords(publicWords);
  const isRight = outcome.computed === outcome.stored;
  const { envelope } = outcome;
  return (
    <div role="status">
      <p>
        <Tag tone={isRight ? 'ok' : 'bad'}>{isRight ? w.ok : w.bad}</Tag>{' '}
        {fill(isRight ? w.verifyOk : w.verifyBad, { seq: outcome.seq })}
      </p>
      <Facts
        items={[
          [w.eventType, envelope.type],
          [w.recordedAt, <At key="at" instant={envelope.recordedAt} />],
          [w.leafComputed, <Hash key="computed" hex={outcome.computed} />],
          [w.leafStored, <Hash key="stored" hex={outcome.stored} />],
          [w.commitment, envelope.commit ? <Hash key="commit" hex={envelope.commit} /> : w.none],
        ]}
      />
    </div>
  );
};

const CheckForm = () => {
  const { w, language } = useAreaWords(publicWords);
  const form = useForm({ defaultValues: { text: '' } });
  const [checked, setChecked] = useState<Checked>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = async ({ text }: { text: string }): Promise<void> => {
    setBusy(true);
    setChecked(null);
    setTrouble(null);
    try {
      const found = await check(text.trim());
      if (!found) form.setError('text', { message: w.verifyNeed });
      setChecked(found);
    } catch (error) {
      setTrouble(troubleOf(error, language));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={form.handleSubmit(run)} noValidate>
      <TextField
        control={form.control}
        name="text"
        label={w.verifyInput}
        hint={w.verifyHint}
        lines={6}
      />
      <p className="form-actions">
        <BusyButton busy={busy} submits>
          {w.check}
        </BusyButton>
      </p>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      {checked && 'missing' in checked ? (
        <p role="status">{fill(w.verifyMissing, { seq: checked.missing })}</p>
      ) : null}
      {checked && 'outcome' in checked ? <Result outcome={checked.outcome} /> : null}
    </form>
  );
};

/** One record against its stored leaf, on the reader's own machine. */
export const VerifyPage = () => {
  const { w } = useAreaWords(publicWords);
  return (
    <>
      <PageHead title={w.verifyTitle} note={w.verifyNote} />
      <Section title={w.check}>
        <CheckForm />
      </Section>
      <Section title={w.canProve}>
        <p>{w.canProveText}</p>
        <p>{w.cannotProveText}</p>
      </Section>
    </>
  );
};
