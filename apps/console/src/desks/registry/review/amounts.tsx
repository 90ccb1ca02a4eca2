import { exactYuan } from '../../../format/amount.ts';
import { StackBar } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { Amount } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { registryWords } from '../words.ts';
import type { ContractFacts } from './contract-facts.ts';
import { FieldSigns, type Findings } from './fact-list.tsx';

/** Share of a whole in percent with one decimal, cut. */
const percent = (part: bigint, whole: bigint): string => {
  if (whole === 0n) return '0.0';
  const tenths = (part * 1000n) / whole;
  return `${tenths / 10n}.${tenths % 10n}`;
};

/** 成交额 and 技术交易额 side by side, and what lies between them. */
export const Amounts = (props: { of: ContractFacts; findings: Findings }) => {
  const { w } = useAreaWords(registryWords);
  const { public: open, private: hidden } = props.of;
  const whole = BigInt(hidden.contractValueFen);
  const technology = BigInt(hidden.technologyValueFen);
  const deducted = whole - technology;
  const share = percent(technology, whole);
  return (
    <Section title={w.amounts}>
      <div className="amounts">
        <div data-field="private.contractValueFen">
          <p className="hint">{w.contractValue}</p>
          <p className="amount-large">
            <Amount fen={whole} exact />
          </p>
          <FieldSigns field="private.contractValueFen" findings={props.findings} />
        </div>
        <div data-field="private.technologyValueFen">
          <p className="hint">{w.technologyValue}</p>
          <p className="amount-large">
            <Amount fen={technology} exact />
          </p>
          <FieldSigns field="private.technologyValueFen" findings={props.findings} />
        </div>
      </div>
      <StackBar
        text={fill(w.amountsBar, { share, deducted: exactYuan(deducted < 0n ? 0n : deducted) })}
        segments={[
          { label: fill(w.technologyShare, { share }), size: technology, look: 'this' },
          { label: w.deducted, size: deducted > 0n ? deducted : 0n, look: 'free' },
        ]}
      />
      <p className="amounts-note">
        {deducted > 0n
          ? fill(w.deduction, {
              whole: exactYuan(whole),
              deducted: exactYuan(deducted),
              technology: exactYuan(technology),
            })
          : w.noDeduction}
      </p>
      <p className="hint" data-field="public.publishedValueFen">
        {open.publishedValueFen === null ? w.valueKept : w.valuePublished}
      </p>
    </Section>
  );
};
