import type { Declaration } from '@jishi/contracts/market/contract';
import type { ReactNode } from 'react';
import type { Control, FieldPath, FieldValues } from 'react-hook-form';
import { TickField } from '../../../kit/fields.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { dealsWords } from '../words.ts';

export const UNDECLARED: Declaration = {
  relatedParty: false,
  subcontract: false,
  publishValue: false,
};

const PARTS = ['relatedParty', 'subcontract', 'publishValue'] as const;

/** What one side states about itself: three boxes under one heading. */
export function DeclarationFields<V extends FieldValues>(props: {
  control: Control<V>;
  nameOf: (part: (typeof PARTS)[number]) => FieldPath<V>;
}): ReactNode {
  const { w } = useAreaWords(dealsWords);
  return (
    <fieldset className="field">
      <legend>{w.declarationOf}</legend>
      {PARTS.map((part) => (
        <TickField key={part} control={props.control} name={props.nameOf(part)} label={w[part]} />
      ))}
    </fieldset>
  );
}
