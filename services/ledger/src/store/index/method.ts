import { createHash } from 'node:crypto';
import targetFile from '../../../parameters/targets.json' with { type: 'json' };
import { readTargets } from '../../domain/gauge/targets.ts';
import { canonicalJson, type JsonValue } from '../../domain/index/canonical-json.ts';
import type { GaugeRule } from '../../domain/index/snapshot.ts';
import { stepRuleOf } from '../../domain/index/step-rule.ts';
import { currentFamilyMethod } from './family-method.ts';

/** SHA-256 of the RFC 8785 form, in hex. */
export const hashOf = (value: JsonValue): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

/** What the fold of steps and gauge is made with: the family's own parameters, and the targets. */
export const currentMethod = (): GaugeRule => ({
  parameters: stepRuleOf(currentFamilyMethod().file),
  targets: readTargets(targetFile),
});
