import { listSignedHeads, type SignedHead } from '@jishi/contracts/ledger/proofs';
import { useForm } from 'react-hook-form';
import { useRead } from '../../../api/queries.ts';
import { dayOf, minuteTime } from '../../../format/moment.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { SelectField, TextField } from '../../../kit/fields.tsx';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { checkGrowth } from './growth-check.ts';
import { checkHead } from './head-check.ts';
import { publishedKeys, readPath } from './log-reader.ts';
import type { Tell } from './step.ts';
import { StepList } from './step-list.tsx';
import { useSteps } from './use-steps.ts';
import { proofWords } from './words.ts';

const CHOICES_MAX = 100;

/** Line breaks as another system may have made them, and the last one, which copying loses. */
const noteOfPaste = (text: string): string =>
  `${text.replaceAll('\r\n', '\n').replace(/^\s+/, '').trimEnd()}\n`;

const compare = async (older: string, newer: string, tell: Tell): Promise<void> => {
  const keys = await publishedKeys();
  const [first, second] = [await checkHead(older, keys, tell), await checkHead(newer, keys, tell)];
  if (first && second) await checkGrowth(first, second, readPath, tell);
};

const useChoices = (items: readonly SignedHead[]) => {
  const { w } = useAreaWords(proofWords);
  return items.map(({ note, size, recordedAt }, i) => {
    const ms = Date.parse(recordedAt);
    const values = { size, time: `${dayOf(ms)} ${minuteTime(ms)}` };
    return { value: note, label: fill(i === 0 ? w.latestHead : w.headChoice, values) };
  });
};

const CompareForm = ({ heads }: { heads: readonly SignedHead[] }) => {
  const { w } = useAreaWords(proofWords);
  const steps = useSteps();
  const choices = useChoices(heads);
  const form = useForm({
    defaultValues: { older: '', pasted: '', newer: choices[0]?.value ?? '' },
  });
  const run = async (values: { older: string; pasted: string; newer: string }): Promise<void> => {
    const older = values.pasted.trim() ? noteOfPaste(values.pasted) : values.older;
    if (older) await steps.run((tell) => compare(older, values.newer, tell));
    else form.setError('older', { message: w.olderNeed });
  };
  return (
    <>
      <form onSubmit={form.handleSubmit(run)} noValidate>
        <div className="filter-grid">
          <SelectField control={form.control} name="older" label={w.older} options={choices} />
          <SelectField
            control={form.control}
            name="newer"
            label={w.newer}
            options={choices}
            none={null}
          />
        </div>
        <TextField
          control={form.control}
          name="pasted"
          label={w.olderPaste}
          hint={w.olderHint}
          lines={4}
          optional
        />
        <p className="form-actions">
          <BusyButton busy={steps.busy} submits look="outlined">
            {w.compare}
          </BusyButton>
        </p>
      </form>
      <StepList of={steps} />
    </>
  );
};

/** Does today's log still contain what stood in it then? */
export const CompareSection = () => {
  const { w } = useAreaWords(proofWords);
  const heads = useRead(listSignedHeads, { query: { limit: CHOICES_MAX } });
  const items = heads.data?.items ?? [];
  return (
    <Section title={w.compareTitle} id="compare">
      <p>{w.compareNote}</p>
      {items.length > 0 ? <CompareForm heads={items} /> : <p>{w.headsEmpty}</p>}
    </Section>
  );
};
