import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { RegistrationChecks } from '@jishi/contracts/ledger/registry';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { useAreaWords } from '../../../words/area.ts';
import { useKeys } from '../use-keys.ts';
import { useReasons } from '../use-rules.ts';
import { registryWords } from '../words.ts';
import { ApprovePanel } from './approve-panel.tsx';
import type { Decisions } from './decisions.ts';
import { ReasonForm } from './reason-form.tsx';
import { type Deciding, type Decision, useDecision } from './use-decision.ts';

interface BarProps {
  readonly view: RegistrationView;
  readonly checks: z.infer<typeof RegistrationChecks> | undefined;
  readonly decisions: Decisions;
  readonly onDone: (decision: Decision) => void;
  readonly onStep: (step: 'before' | 'after') => void;
}

const KeyButton = (props: {
  letter: string;
  look: 'primary' | 'outlined';
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}) => (
  <button
    type="button"
    className={props.look}
    aria-expanded={props.pressed}
    aria-keyshortcuts={props.letter}
    onClick={props.onClick}
  >
    {props.children}
    <span className="key" aria-hidden="true">
      {props.letter}
    </span>
  </button>
);

type May = Extract<Decisions, { may: true }>;

/** What opens above the bar for one decision. */
const Panel = (props: {
  asked: Decision;
  of: BarProps & { readonly decisions: May };
  deciding: Deciding;
  onCancel: () => void;
}) => {
  const { w } = useAreaWords(registryWords);
  const { asked, deciding, onCancel } = props;
  const { view, checks, decisions } = props.of;
  const reasons = useReasons(asked === 'refuse' ? 'refuse' : 'return');
  const { busy, trouble } = deciding;
  // A refusal is shown as trouble; what was typed stays.
  const calmly = (done: Promise<unknown>) => void done.catch(() => undefined);
  if (asked === 'approve') {
    const { approval, acceptsFirst } = decisions;
    return (
      <ApprovePanel
        {...{ view, checks, approval, acceptsFirst, busy, trouble, onCancel }}
        onPass={() => calmly(deciding.pass(approval, acceptsFirst))}
      />
    );
  }
  return (
    <ReasonForm
      key={asked}
      title={w[asked]}
      hint={w[`${asked}Hint`]}
      act={w[asked]}
      {...{ reasons, busy, trouble, onCancel }}
      onGive={(given) => calmly(deciding.withReasons(asked, given))}
    />
  );
};

const Acting = (props: BarProps & { readonly decisions: May }) => {
  const { w } = useAreaWords(registryWords);
  const [asked, setAsked] = useState<Decision | null>(null);
  const deciding = useDecision(props.view, props.onDone);
  const ask = (decision: Decision | null): void => {
    deciding.forgetTrouble();
    setAsked(decision);
  };
  const idle = asked === null && !deciding.busy;
  useKeys({
    a: () => ask('approve'),
    r: () => ask('return'),
    x: () => ask('refuse'),
    j: idle ? () => props.onStep('after') : undefined,
    k: idle ? () => props.onStep('before') : undefined,
    Escape: asked ? () => ask(null) : undefined,
  });
  const { approval, acceptsFirst } = props.decisions;
  return (
    <>
      {asked ? (
        <Panel asked={asked} of={props} deciding={deciding} onCancel={() => ask(null)} />
      ) : null}
      <div className="case-bar-acts" hidden={asked !== null}>
        <KeyButton
          letter="A"
          look="primary"
          pressed={asked === 'approve'}
          onClick={() => ask('approve')}
        >
          {w[`approve.${approval}`]}
        </KeyButton>
        <KeyButton
          letter="R"
          look="outlined"
          pressed={asked === 'return'}
          onClick={() => ask('return')}
        >
          {w.return}
        </KeyButton>
        <KeyButton
          letter="X"
          look="outlined"
          pressed={asked === 'refuse'}
          onClick={() => ask('refuse')}
        >
          {w.refuse}
        </KeyButton>
        {acceptsFirst ? (
          <button
            type="button"
            className="quiet"
            disabled={deciding.busy}
            onClick={() => void deciding.acceptOnly().catch(() => undefined)}
          >
            {w.acceptOnly}
          </button>
        ) : null}
        <StepButtons onStep={props.onStep} />
      </div>
    </>
  );
};

/** To the case before and the one after, by K and J. */
const StepButtons = ({ onStep }: { onStep: BarProps['onStep'] }) => {
  const { w } = useAreaWords(registryWords);
  return (
    <span className="case-steps">
      <button type="button" className="quiet" onClick={() => onStep('before')}>
        {w.stepBefore}
        <span className="key" aria-hidden="true">
          K
        </span>
      </button>
      <button type="button" className="quiet" onClick={() => onStep('after')}>
        {w.stepAfter}
        <span className="key" aria-hidden="true">
          J
        </span>
      </button>
    </span>
  );
};

/** Nothing to decide here, said with who acts next; J and K still go on. */
const Waiting = (props: BarProps & { readonly why: string }) => {
  useKeys({ j: () => props.onStep('after'), k: () => props.onStep('before') });
  return (
    <div className="case-bar-line">
      <p className="case-bar-words">{props.why}</p>
      <StepButtons onStep={props.onStep} />
    </div>
  );
};

/** The bar at the bottom of a case: 通过 · 退回补正 · 不予登记, by A, R and X. */
export const DecisionBar = (props: BarProps) => {
  const { w } = useAreaWords(registryWords);
  const { decisions } = props;
  return (
    <section className="case-bar" aria-label={w.decide}>
      {decisions.may ? (
        <Acting {...props} decisions={decisions} />
      ) : (
        <Waiting {...props} why={w[`why.${decisions.why}`]} />
      )}
    </section>
  );
};
