import type { SystemCheck } from '@jishi/contracts/ledger/registry';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useWords } from '../../../words/words.tsx';
import { registryWords } from '../words.ts';
import { CheckSign } from './checks.tsx';
import { type ContractFacts, type Fact, factGroups } from './contract-facts.ts';

/** Findings by the field they are about, so that each stands at its fact, too. */
export type Findings = readonly SystemCheck[];

const isAbout = (check: SystemCheck, field: string): boolean =>
  check.field !== null && (check.field === field || check.field.startsWith(`${field}.`));

/** Checks of a field that are not ok, as signs with the words behind. */
export const FieldSigns = (props: { field: string; findings: Findings }) => {
  const { language } = useAreaWords(registryWords);
  const open = props.findings.filter(
    (check) => check.verdict !== 'ok' && isAbout(check, props.field),
  );
  return open.map((check) => (
    <span key={check.code} className="fact-sign">
      <CheckSign verdict={check.verdict} /> {language === 'zh' ? check.titleZh : check.titleEn}
    </span>
  ));
};

export const FactList = (props: { facts: readonly Fact[]; findings: Findings }) => (
  <dl className="facts fact-list">
    {props.facts.map(({ field, label, text }) => (
      <div key={field} data-field={field}>
        <dt>{label}</dt>
        <dd>
          {text} <FieldSigns field={field} findings={props.findings} />
        </dd>
      </div>
    ))}
  </dl>
);

/** The facts of the registration form, grouped; the two parties stand side by side. */
export const FactSections = (props: { of: ContractFacts; findings: Findings }) => {
  const { w, language } = useAreaWords(registryWords);
  const { t } = useWords();
  const groups = factGroups(props.of, { w, t, language });
  const isParty = (key: string) => key === 'seller' || key === 'buyer' || key === 'broker';
  const parties = groups.filter((group) => isParty(group.key));
  return (
    <>
      {groups
        .filter((group) => group.key === 'contract')
        .map((group) => (
          <Section key={group.key} title={group.title}>
            <FactList facts={group.facts} findings={props.findings} />
          </Section>
        ))}
      <Section title={w.groupParties}>
        <div className="parties">
          {parties.map((group) => (
            <div key={group.key} data-field={`private.${group.key}`}>
              <h3>{group.title}</h3>
              <FactList facts={group.facts} findings={props.findings} />
            </div>
          ))}
        </div>
      </Section>
      {groups
        .filter((group) => group.key === 'technical' || group.key === 'payment')
        .map((group) => (
          <Section key={group.key} title={group.title}>
            <FactList facts={group.facts} findings={props.findings} />
          </Section>
        ))}
      {props.of.private.form ? null : (
        <p className="stale-line" data-field="private.form">
          {w.noForm}
        </p>
      )}
    </>
  );
};
