import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import { DISTRICTS } from '@jishi/contracts/districts';
import { FIELDS } from '@jishi/contracts/fields';
import { INDUSTRIES } from '@jishi/contracts/industries';
import {
  IP_KINDS,
  PAYMENT_METHODS,
  PLAN_SOURCES,
  SOCIO_ECONOMIC_GOALS,
} from '@jishi/contracts/ledger/registration-form';
import { type Control, useWatch } from 'react-hook-form';
import { exactYuan } from '../../../format/amount.ts';
import {
  ChoiceField,
  MoneyField,
  type Option,
  SelectField,
  TextField,
  TickField,
} from '../../../kit/fields.tsx';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { bookWords, registryWords } from '../words.ts';
import type { AmendValues } from './amend-values.ts';

type Shared = { readonly control: Control<AmendValues> };

const useOptions = () => {
  const { language } = useAreaWords(bookWords);
  const { t } = useWords();
  return {
    of: (list: readonly { code: string; zh: string; en: string }[]): Option[] =>
      list.map((entry) => ({ value: entry.code, label: entry[language] })),
    regions: [
      ...DISTRICTS.map((district) => ({ value: district.code, label: district[language] })),
      { value: 'outside', label: t.outside },
      { value: 'abroad', label: t.abroad },
    ],
  };
};

export const AmountFields = ({
  control,
  now,
}: Shared & {
  now: { readonly contractValueFen: string; readonly technologyValueFen: string };
}) => {
  const { w } = useAreaWords(bookWords);
  const { w: r } = useAreaWords(registryWords);
  const values = useWatch({ control });
  const nowIs = (name: 'contractValueFen' | 'technologyValueFen') =>
    values[name] === now[name]
      ? null
      : fill(w.nowIs, { text: `${exactYuan(BigInt(now[name]))} ${r.yuan}` });
  return (
    <Section title={w.amendAmounts}>
      <div className="field-row">
        <MoneyField
          {...{ control }}
          name="contractValueFen"
          label={w.contractValue}
          hint={nowIs('contractValueFen')}
        />
        <MoneyField
          {...{ control }}
          name="technologyValueFen"
          label={w.technologyValue}
          hint={nowIs('technologyValueFen')}
        />
      </div>
      <p className="hint">{w.amendTechnologyHint}</p>
    </Section>
  );
};

export const ContractFields = ({ control }: Shared) => {
  const { w } = useAreaWords(bookWords);
  const { w: r } = useAreaWords(registryWords);
  const { of, regions } = useOptions();
  const subTypes = CONTRACT_TYPES.flatMap((type) => type.subTypes);
  return (
    <Section title={w.amendContract}>
      <TextField {...{ control }} name="title" label={r.title} maxLength={200} />
      <div className="field-row">
        <SelectField
          {...{ control }}
          name="contractSubType"
          label={r.subType}
          options={of(subTypes)}
          none={null}
        />
        <TextField {...{ control }} name="effectiveOn" label={r.effectiveOn} kind="date" />
        <SelectField
          {...{ control }}
          name="fieldCode"
          label={r.field}
          options={of(FIELDS)}
          none={null}
        />
        <SelectField
          {...{ control }}
          name="industryCode"
          label={r.industry}
          options={of(INDUSTRIES)}
          none={null}
        />
      </div>
      <TickField {...{ control }} name="relatedParty" label={r.relatedParty} />
      <TickField {...{ control }} name="subcontract" label={r.subcontract} />
      <h3>{r.groupParties}</h3>
      <p className="hint">{w.amendPartiesHint}</p>
      <div className="field-row">
        <TextField {...{ control }} name="sellerName" label={w.sellerName} maxLength={200} />
        <SelectField
          {...{ control }}
          name="sellerDistrict"
          label={w.sellerDistrict}
          options={regions}
          none={null}
        />
        <TextField {...{ control }} name="buyerName" label={w.buyerName} maxLength={200} />
        <SelectField
          {...{ control }}
          name="buyerDistrict"
          label={w.buyerDistrict}
          options={regions}
          none={null}
        />
      </div>
    </Section>
  );
};

/** The other columns of the registration form, for a contract that has them. */
export const FormFields = ({ control }: Shared) => {
  const { w } = useAreaWords(bookWords);
  const { w: r } = useAreaWords(registryWords);
  const { of } = useOptions();
  return (
    <Section title={w.amendForm}>
      <ChoiceField {...{ control }} name="ipKinds" label={r.ipKinds} options={of(IP_KINDS)} many />
      <TextField
        {...{ control }}
        name="patentNumbers"
        label={r.patentNumbers}
        hint={w.patentLines}
        lines={2}
        optional
      />
      <div className="field-row">
        <SelectField
          {...{ control }}
          name="planSource"
          label={r.planSource}
          options={of(PLAN_SOURCES)}
          none={null}
        />
        <SelectField
          {...{ control }}
          name="socioEconomicGoal"
          label={r.socioEconomicGoal}
          options={of(SOCIO_ECONOMIC_GOALS)}
          none={null}
        />
        <SelectField
          {...{ control }}
          name="paymentMethod"
          label={r.paymentMethod}
          options={of(PAYMENT_METHODS)}
          none={null}
        />
        <TextField {...{ control }} name="validFrom" label={r.validFrom} kind="date" />
        <TextField {...{ control }} name="validTo" label={r.validTo} kind="date" optional />
      </div>
    </Section>
  );
};
