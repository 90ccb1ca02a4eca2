import type { ListingMatch } from '@jishi/contracts/market/matching';
import { useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { classifiedBy, type NeedValues, type ReadField, readFrom } from './need-values.ts';

const READ_FIELDS: readonly ReadField[] = [
  'title',
  'fieldCode',
  'industryCode',
  'trlWanted',
  'budgetFen',
  'dealTypes',
  'deadline',
];

/**
 * Fills from the words, and from the classification of what matches, every field that nobody has
 * chosen. What was chosen once stays, whatever is written afterwards.
 */
export const useReading = (
  form: UseFormReturn<NeedValues>,
  today: string,
  matches: readonly ListingMatch[] | undefined,
) => {
  const [readByUs, setReadByUs] = useState<ReadonlySet<ReadField>>(() => {
    const values = form.getValues();
    return new Set(READ_FIELDS.filter((field) => values[field].length === 0));
  });
  const lastSet = useRef<Partial<NeedValues>>({});
  const text = form.watch('text');
  const { fieldCode, industryCode } = classifiedBy(matches ?? []);
  useEffect(() => {
    const read = { ...readFrom(text, today), fieldCode, industryCode };
    for (const field of READ_FIELDS) {
      if (!readByUs.has(field)) continue;
      const value = read[field];
      const isSame = JSON.stringify(value) === JSON.stringify(form.getValues(field));
      // Nothing better is known than what was found a moment ago.
      if (isSame || (value.length === 0 && text !== '')) continue;
      form.setValue(field, value);
      Object.assign(lastSet.current, { [field]: value });
    }
  }, [text, today, fieldCode, industryCode, readByUs, form]);
  const chosen = (field: ReadField): void => {
    const value = JSON.stringify(form.getValues(field));
    const ours = JSON.stringify(lastSet.current[field]);
    if (value === ours || (ours === undefined && form.getValues(field).length === 0)) return;
    setReadByUs((before) => new Set([...before].filter((name) => name !== field)));
  };
  return { readByUs, chosen };
};
