import { useEffect, useRef } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import type { Trouble } from '../api/trouble.ts';
import { useWords } from '../words/words.tsx';
import { TroubleNotice } from './states.tsx';

/**
 * The market judges, with the same sentences everywhere; this puts each at its field. `fieldOf`
 * turns a field of the request (`content.title`) into one of the form. Gives what had no field.
 */
export const showAtFields = <V extends FieldValues>(
  form: UseFormReturn<V>,
  trouble: Trouble,
  language: 'zh' | 'en',
  fieldOf: (field: string) => FieldPath<V> | null,
): readonly string[] => {
  const others: string[] = [];
  for (const problem of trouble.fields) {
    const name = fieldOf(problem.field);
    if (name) form.setError(name, { type: problem.rule, message: problem[language] });
    else others.push(`${problem.field}: ${problem[language]}`);
  }
  return others;
};

/** Above the form: what was refused, as links to the fields; it takes the focus when it appears. */
export const FormProblems = (props: {
  trouble: Trouble | null;
  /** Label of a field of the request, and the `name` of its control, when the form has it. */
  fieldOf: (field: string) => { readonly label: string; readonly name: string } | null;
}) => {
  const { language, t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { trouble } = props;
  useEffect(() => {
    if (trouble) box.current?.focus();
  }, [trouble]);
  if (!trouble) return null;
  const focusOn = (name: string): void => {
    const control = document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
    control?.scrollIntoView({ block: 'center' });
    control?.focus();
  };
  return (
    <div ref={box} tabIndex={-1} className="form-problems">
      <TroubleNotice trouble={trouble} />
      {trouble.fields.length > 0 ? (
        <ul aria-label={t.problemsOfForm}>
          {trouble.fields.map((problem) => {
            const field = props.fieldOf(problem.field);
            const text = `${field?.label ?? problem.field}：${problem[language]}`;
            return (
              <li key={`${problem.field} ${problem.rule}`}>
                {field ? (
                  <button type="button" className="quiet" onClick={() => focusOn(field.name)}>
                    {text}
                  </button>
                ) : (
                  text
                )}
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
};
