import type { UseFormReturn } from 'react-hook-form';
import { TextField } from '../../../kit/fields.tsx';
import { Section } from '../../../kit/page.tsx';
import { useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';
import type { ListingValues } from './listing-values.ts';

/** Who answers for it; kept apart from what is public. */
export const ListingContact = (props: {
  form: UseFormReturn<ListingValues>;
  onLeave: () => void;
}) => {
  const { onLeave } = props;
  const { control } = props.form;
  const { t } = useWords();
  const { w } = useTradeWords();
  return (
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
  );
};
