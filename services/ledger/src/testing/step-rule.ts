import file from '../../parameters/index-family-1.0.json' with { type: 'json' };
import { readMethod } from '../domain/index/family/method.ts';
import { type StepRule, stepRuleOf } from '../domain/index/step-rule.ts';

/** The rule in force, as the fold of steps and gauge reads it. */
export const RULE_IN_FORCE: StepRule = stepRuleOf(readMethod(file).file);
