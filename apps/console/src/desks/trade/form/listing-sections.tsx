import type { PriceNoticeRule } from '@jishi/contracts/market/price-notice';
import type { UseFormReturn } from 'react-hook-form';
import { ChoiceField, MoneyField, SelectField, TextField } from '../../../kit/fields.tsx';
import { Section } from '../../../kit/page.tsx';
import { useWords } from '../../../words/words.tsx';
import { NoticeRule } from '../detail/price-notices.tsx';
import { useTradeWords } from '../use-words.ts';
import { ListingContact } from './listing-contact.tsx';
import type { ListingValues } from './listing-values.ts';
import {
  dealOptions,
  fieldOptions,
  industryOptions,
  regionOptions,
  trlOptions,
} from './options.ts';
import { RightsFields } from './rights-fields.tsx';

interface Props {
  readonly form: UseFormReturn<ListingValues>;
  readonly onLeave: () => void;
}

const Problem = ({ form: { control }, onLeave }: Props) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  return (
    <Section title={w.problemSolved}>
      <TextField {...{ control, onLeave }} name="title" label={w.titleOf} maxLength={100} />
      <TextField
        {...{ control, onLeave }}
        name="problemSolved"
        label={w.problemSolved}
        hint={w.problemHint}
        lines={3}
        maxLength={4_000}
      />
      <TextField
        {...{ control, onLeave }}
        name="summary"
        label={w.summary}
        hint={w.summaryHint}
        lines={6}
        maxLength={20_000}
      />
      <div className="field-row">
        <SelectField
          {...{ control, onLeave }}
          name="fieldCode"
          label={w.field}
          options={fieldOptions(language)}
        />
        <SelectField
          {...{ control, onLeave }}
          name="industryCode"
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
    </Section>
  );
};

const Effect = ({ form: { control }, onLeave }: Props) => {
  const { w } = useTradeWords();
  return (
    <Section title={w.effect}>
      <div className="field-row field-row-gain">
        <TextField
          {...{ control, onLeave }}
          name="gainText"
          label={w.gain}
          hint={w.gainHint}
          maxLength={500}
        />
        <TextField
          {...{ control, onLeave }}
          name="gainUnit"
          label={w.unit}
          hint={w.unitHint}
          maxLength={40}
        />
      </div>
      <TextField
        {...{ control, onLeave }}
        name="closestAlternative"
        label={w.closestAlternative}
        hint={w.alternativeHint}
        lines={2}
        maxLength={2_000}
      />
    </Section>
  );
};

const Readiness = ({ form: { control }, onLeave }: Props) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  return (
    <Section title={w.readiness}>
      <SelectField
        {...{ control, onLeave }}
        name="trl"
        label={w.readinessLevel}
        options={trlOptions(language)}
      />
      <TextField
        {...{ control, onLeave }}
        name="trlEvidence"
        label={w.evidence}
        hint={w.evidenceHint}
        lines={2}
        maxLength={2_000}
      />
    </Section>
  );
};

const Deal = ({ form, onLeave }: Props) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const { control } = form;
  return (
    <Section title={w.dealAndPrice}>
      <div data-field="dealTypes">
        <ChoiceField
          {...{ control, onLeave }}
          name="dealTypes"
          label={w.dealTypes}
          options={dealOptions(language)}
          many
        />
      </div>
      <div data-field="price">
        <ChoiceField
          {...{ control, onLeave }}
          name="priceMode"
          label={w.priceMode}
          options={[
            { value: 'fixed', label: w.priceFixed },
            { value: 'negotiable', label: w.priceNegotiable },
          ]}
        />
        {form.watch('priceMode') === 'fixed' ? (
          <MoneyField {...{ control, onLeave }} name="priceFen" label={w.price} />
        ) : null}
      </div>
    </Section>
  );
};

const Ownership = ({ form, onLeave, rule }: Props & { rule: PriceNoticeRule | null }) => {
  const { w } = useTradeWords();
  const { control } = form;
  return (
    <Section title={w.ownershipAndNotice}>
      <div data-field="ownership">
        <ChoiceField
          {...{ control, onLeave }}
          name="owners"
          label={w.ownership}
          options={[
            { value: 'sole', label: w.soleOwner },
            { value: 'shared', label: w.sharedOwners },
          ]}
        />
        {form.watch('owners') === 'shared' ? (
          <TextField
            {...{ control, onLeave }}
            name="coOwners"
            label={w.coOwners}
            hint={w.coOwnersHint}
            maxLength={1_000}
          />
        ) : null}
        {form.watch('owners') === '' ? null : (
          <TextField
            {...{ control, onLeave }}
            name="ownershipNote"
            label={w.ownershipNote}
            optional
            lines={2}
            maxLength={2_000}
          />
        )}
      </div>
      <h3>{w.priceNotice}</h3>
      {rule ? (
        <>
          <NoticeRule rule={rule} />
          <p className="hint">{w.noticeLater}</p>
        </>
      ) : (
        <p className="hint">{w.noNoticeNeeded}</p>
      )}
    </Section>
  );
};

/** The form in the order in which a reader asks. */
export const ListingSections = (props: Props & { rule: PriceNoticeRule | null }) => {
  const { w } = useTradeWords();
  const { form, onLeave } = props;
  return (
    <>
      <Problem {...{ form, onLeave }} />
      <Effect {...{ form, onLeave }} />
      <Readiness {...{ form, onLeave }} />
      <Section title={w.rights}>
        <RightsFields {...{ form, onLeave }} />
      </Section>
      <Deal {...{ form, onLeave }} />
      <Ownership {...props} />
      <ListingContact {...{ form, onLeave }} />
    </>
  );
};
