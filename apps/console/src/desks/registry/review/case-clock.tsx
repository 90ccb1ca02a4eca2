import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { RegistrationChecks } from '@jishi/contracts/ledger/registry';
import type { z } from 'zod';
import { Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { ClockText } from '../clock-text.tsx';
import { sourceTone, statusName, statusTone } from '../names.ts';
import { ClaimCell } from '../queue/claim.tsx';
import { today } from '../today.ts';
import { type Regime, regimeOn, useRules } from '../use-rules.ts';
import { type RegistryWords, registryWords } from '../words.ts';

const supplementRule = (regime: Regime, w: RegistryWords): string =>
  regime.supplement.value === 'arrival' ? w.ruleArrival : w.ruleAcceptance;

/** The limit that runs, or that would run once the case is accepted. */
const limitRule = (view: RegistrationView, regime: Regime, w: RegistryWords): string => {
  const { clock } = view;
  const limit = view.needsSecondReview ? regime.reviewLimitLarge : regime.reviewLimit;
  const { days, unit } = clock ?? limit.value;
  const text = clock ? w.ruleRuns : w.ruleWouldRun;
  return fill(text, { n: days, unit: w[`unit.${unit}`], day: clock?.startedOn ?? '' });
};

/** The legal clock with the regime's rule written on it, and who has the case. */
export const CaseClock = (props: {
  view: RegistrationView;
  checks: z.infer<typeof RegistrationChecks> | undefined;
}) => {
  const { w, language } = useAreaWords(registryWords);
  const rules = useRules();
  const { view, checks } = props;
  const regime =
    rules.data?.regimes.find(({ key }) => key === view.regime) ??
    (rules.data && regimeOn(rules.data, today()));
  const status = view.clock?.status ?? regime?.reviewLimit.status;
  return (
    <Section
      title={w.clock}
      aside={<Tag tone={statusTone(view.status)}>{statusName(view.status, w)}</Tag>}
    >
      <p className="clock-large">
        <ClockText of={view} />
      </p>
      {regime ? (
        <>
          <p>{limitRule(view, regime, w)}</p>
          <p>{supplementRule(regime, w)}</p>
          <p className="hint">
            {regime[language]} {status ? <Tag tone={sourceTone(status)}>{w[status]}</Tag> : null}
          </p>
        </>
      ) : null}
      {checks ? (
        <p className="case-claim">
          {w.claimedBy} <ClaimCell contractId={view.contractId} claim={checks.claim} />
        </p>
      ) : null}
    </Section>
  );
};
