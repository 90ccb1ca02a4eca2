import type { zh } from '../words/proof-zh.ts';

export type StepText = Extract<keyof typeof zh, `step.${string}`>;
export type Advice = Extract<keyof typeof zh, `advice.${string}`>;
type Values = Readonly<Record<string, string | number>>;

/** One line of a check, told as soon as it is known. */
export interface ProofStep {
  readonly text: StepText;
  /** `open`: it could not be judged here, which is neither a yes nor a no. */
  readonly state: 'ok' | 'bad' | 'open';
  readonly values: Values;
  readonly hash: string | null;
  readonly advice: Advice | null;
}
export type Tell = (step: ProofStep) => void;

export const ok = (text: StepText, values: Values = {}, hash: string | null = null): ProofStep => ({
  ...{ text, state: 'ok', values, hash, advice: null },
});

export const bad = (
  text: StepText,
  values: Values,
  advice: Advice,
  hash: string | null = null,
): ProofStep => ({ text, state: 'bad', values, hash, advice });

export const open = (text: StepText, values: Values, advice: Advice): ProofStep => ({
  ...{ text, state: 'open', values, hash: null, advice },
});
