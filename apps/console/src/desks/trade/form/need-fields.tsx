import { readNeed } from '@jishi/contracts/market/need-reading';
import type { UseFormReturn } from 'react-hook-form';
import { ChoiceField, MoneyField, SelectField, TextField } from '../../../kit/fields.tsx';
import { Section } from '../../../kit/page.tsx';
import { useWords } from '../../../words/words.tsx';
import { Marked } from '../marked.tsx';
import { useTradeWords } from '../use-words.ts';
import type { NeedValues, ReadField } from './need-values.ts';
import {
  dealOptions,
  fieldOptions,
  industryOptions,
  regionOptions,
  trlOptions,
} from './options.ts';

interface Props {
  readonly form: UseFormReturn<NeedValues>;
  readonly today: string;
  /** Fields that hold what was read from the words, not what somebody chose. */
  readonly readByUs: ReadonlySet<ReadField>;
  readonly onLeave: () => void;
  readonly onChosen: (field: ReadField) => void;
}

/** The own words with what was understood marked. */
const Understood = ({ text, today }: { text: string; today: string }) => {
  const { w } = useTradeWords();
  const { marks } = readNeed(text, today);
  if (marks.length === 0) return null;
  return (
    <p className="understood">
      <span className="hint">{w.understood}</span> <Marked text={text} marks={marks} />
    </p>
  );
};

const Facts = ({ form, readByUs, onLeave, onChosen }: Props) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const { control } = form;
  const of = (name: ReadField) => ({
    control,
    name,
    hint: readByUs.has(name) && form.getValues(name).length > 0 ? w.readBySystem : undefined,
    onLeave: () => {
      onChosen(name);
      onLeave();
    },
  });
  return (
    <Section title={w.criteriaRead}>
      <TextField {...of('title')} label={w.titleOf} maxLength={100} />
      <div className="field-row">
        <SelectField {...of('fieldCode')} label={w.field} options={fieldOptions(language)} />
        <SelectField
          {...of('industryCode')}
          label={w.industry}
          options={industryOptions(language)}
        />
        <SelectField
          {...{ control, onLeave }}
          name="district"
          label={w.district}
          options={regionOptions(language, t)}
        />
      </div>
      <div className="field-row">
        <SelectField
          {...of('trlWanted')}
          label={w.readinessWanted}
          options={trlOptions(language)}
          none={w.anyReadiness}
        />
        <TextField {...of('deadline')} label={w.deadline} kind="date" optional />
      </div>
      <MoneyField {...of('budgetFen')} label={w.budget} optional />
      <div data-field="dealTypes">
        <ChoiceField
          {...of('dealTypes')}
          label={w.dealTypes}
          options={dealOptions(language)}
          many
        />
      </div>
    </Section>
  );
};

export const NeedFields = (props: Props) => {
  const { t } = useWords();
  const { w } = useTradeWords();
  const { form, onLeave } = props;
  const { control } = form;
  return (
    <>
      <Section title={w.inTwoSentences}>
        <TextField
          {...{ control, onLeave }}
          name="text"
          label={w.needText}
          hint={w.needTextHint}
          lines={5}
          maxLength={20_000}
        />
        <Understood text={form.watch('text')} today={props.today} />
      </Section>
      <Facts {...props} />
      <Section title={w.contact}>
        <p className="hint">{w.contactKept}</p>
        <div className="field-row">
          <TextField
            {...{ control, onLeave }}
            name="contactName"
            label={w.contactName}
            maxLength={100}
          />
          <TextField
            {...{ control, onLeave }}
            name="contactPhone"
            label={w.contactPhone}
            kind="tel"
            maxLength={40}
          />
          <TextField
            {...{ control, onLeave }}
            name="contactEmail"
            label={t.email}
            kind="email"
            maxLength={200}
          />
        </div>
      </Section>
    </>
  );
};
