import { rightProblem } from '@jishi/contracts/market/completeness';
import { IntellectualPropertyKind } from '@jishi/contracts/market/drafts';
import { type UseFormReturn, useFieldArray } from 'react-hook-form';
import { SelectField, TextField } from '../../../kit/fields.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import { RIGHTS } from '../names.ts';
import { useTradeWords } from '../use-words.ts';
import type { ListingValues } from './listing-values.ts';

const RIGHTS_MAX = 50;

/** Rights with their numbers; a number is checked when it is left. */
export const RightsFields = (props: {
  form: UseFormReturn<ListingValues>;
  onLeave: () => void;
}) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const { form, onLeave } = props;
  const { control } = form;
  const rows = useFieldArray({ control, name: 'rights' });
  const options = IntellectualPropertyKind.options.map((value) => ({
    value,
    label: RIGHTS[value][language],
  }));
  const check = (i: number): void => {
    const right = form.getValues(`rights.${i}`);
    const problem = right && right.number.trim() !== '' ? rightProblem(right) : undefined;
    if (problem) form.setError(`rights.${i}.number`, { message: problem[language] });
    else form.clearErrors(`rights.${i}.number`);
    onLeave();
  };
  return (
    <div data-field="intellectualProperty">
      {rows.fields.map((row, i) => (
        <fieldset key={row.id} className="right-row">
          <legend className="visually-hidden">{fill(w.rightNumber, { n: i + 1 })}</legend>
          <SelectField
            control={control}
            name={`rights.${i}.kind`}
            label={w.rightKind}
            options={options}
            none={null}
            onLeave={() => check(i)}
          />
          <TextField
            control={control}
            name={`rights.${i}.number`}
            label={w.rightNo}
            maxLength={64}
            onLeave={() => check(i)}
          />
          <button
            type="button"
            className="quiet"
            onClick={() => {
              rows.remove(i);
              window.setTimeout(onLeave);
            }}
          >
            {w.removeRight}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        className="outlined"
        disabled={rows.fields.length >= RIGHTS_MAX}
        onClick={() => rows.append({ kind: 'invention', number: '' })}
      >
        {w.addRight}
      </button>
      <p className="hint">{w.rightsHint}</p>
    </div>
  );
};
