import { FieldCode, IndustryCode } from '@jishi/contracts/codes';
import { newId } from '@jishi/contracts/ids';
import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { drawContract } from '@jishi/contracts/market/trade';
import { readListing, readNeed } from '@jishi/contracts/market/trade-listings';
import { type ReactNode, useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { fieldFullName, industryName } from '../../../format/names.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { SelectField, TextField } from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { go } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { DeclarationFields, UNDECLARED } from '../contract/declaration-fields.tsx';
import { useIntention } from '../intention.ts';
import { typeName } from '../names.ts';
import { dealsWords } from '../words.ts';

interface DrawValues {
  title: string;
  fieldCode: string;
  industryCode: string;
  effectiveOn: string;
  declaration: typeof UNDECLARED;
}

const FIELDS = ['title', 'fieldCode', 'industryCode', 'effectiveOn'] as const;
const fieldOf = (field: string) => FIELDS.find((name) => field === `head.${name}`) ?? null;

/** Field and industry are those of the listing or the need: nothing is typed twice. */
const useKnown = (room: NegotiationView) => {
  const { listingId, needId } = room;
  const listing = useRead(
    readListing,
    { params: { listingId: listingId ?? '' } },
    { when: listingId !== null },
  );
  const need = useRead(
    readNeed,
    { params: { needId: needId ?? '' } },
    { when: listingId === null && needId !== null },
  );
  return listing.data?.content ?? need.data?.content ?? null;
};

/** From agreed terms to a contract: name, field and day, and the own declaration. */
export const DrawForm = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const say = useSay();
  const known = useKnown(room);
  const subject = room.listingTitle ?? room.needTitle ?? '';
  const type = room.agreedTerms ? typeName(room.agreedTerms.contractType, 'zh') : '';
  const form = useForm<DrawValues>({
    defaultValues: {
      title: `${subject}${type}`.slice(0, 200),
      ...{ fieldCode: '', industryCode: '', effectiveOn: '', declaration: UNDECLARED },
    },
  });
  const { control, setValue, getValues } = form;
  useEffect(() => {
    if (known === null) return;
    if (getValues('fieldCode') === '') setValue('fieldCode', known.fieldCode ?? '');
    if (getValues('industryCode') === '') setValue('industryCode', known.industryCode ?? '');
  }, [known, setValue, getValues]);
  const [contractId] = useIntention(newId);
  const act = useAct(drawContract, (made) => {
    say(w.drawnSaid);
    go(`/desk/contracts/${made.contractId}`);
  });
  const trouble = useTrouble(act);
  useEffect(() => {
    if (trouble) showAtFields(form, trouble, language, fieldOf);
  }, [trouble, form, language]);
  const send = form.handleSubmit(({ declaration, effectiveOn, ...head }) =>
    act.mutate({
      body: {
        ...{ contractId, negotiationId: room.negotiationId, version: room.version },
        head: {
          title: head.title,
          fieldCode: head.fieldCode as FieldCode,
          industryCode: head.industryCode as IndustryCode,
          effectiveOn: effectiveOn || null,
        },
        declaration,
      },
    }),
  );
  const labels = {
    title: w.contractTitle,
    fieldCode: w.field,
    industryCode: w.industry,
    effectiveOn: w.effectiveOn,
  };
  return (
    <Section title={w.drawTitle}>
      <p className="hint">{w.drawBody}</p>
      <form onSubmit={(event) => void send(event)} noValidate>
        <FormProblems
          trouble={trouble}
          fieldOf={(field) => {
            const name = fieldOf(field);
            return name && { label: labels[name], name };
          }}
        />
        <TextField control={control} name="title" label={w.contractTitle} />
        <SelectField
          control={control}
          name="fieldCode"
          label={w.field}
          options={FieldCode.options.map((code) => ({
            value: code,
            label: fieldFullName(code, language),
          }))}
        />
        <SelectField
          control={control}
          name="industryCode"
          label={w.industry}
          options={IndustryCode.options.map((code) => ({
            value: code,
            label: industryName(code, language),
          }))}
        />
        <TextField
          control={control}
          name="effectiveOn"
          label={w.effectiveOn}
          kind="date"
          optional
          hint={w.effectiveHint}
        />
        <DeclarationFields control={control} nameOf={(part) => `declaration.${part}`} />
        <div className="form-actions">
          <BusyButton busy={act.isPending} submits>
            {w.drawContract}
          </BusyButton>
        </div>
      </form>
    </Section>
  );
};
