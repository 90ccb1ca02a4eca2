import { createHash } from 'node:crypto';
import type { LocalDate } from '@jishi/contracts/time';
import file01 from '../../../parameters/index-0.1.json' with { type: 'json' };
import targetFile from '../../../parameters/targets.json' with { type: 'json' };
import { readTargets } from '../../domain/gauge/targets.ts';
import { canonicalJson, type JsonValue } from '../../domain/index/canonical-json.ts';
import { readParameters } from '../../domain/index/parameters.ts';
import type { Method } from '../../domain/index/snapshot.ts';

/** A method with the object whose hash is published beside every value. */
export interface PublishedMethod extends Method {
  readonly file: { readonly [key: string]: JsonValue };
}

/** SHA-256 of the RFC 8785 form, in hex. */
export const hashOf = (value: JsonValue): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

const targets = readTargets(targetFile);

const publish = (file: PublishedMethod['file']): PublishedMethod => ({
  file,
  parameters: readParameters(file),
  parameterHash: hashOf(file),
  targets,
});

/** Every version there has been, oldest first. */
const METHODS: readonly PublishedMethod[] = [publish(file01)];

export const currentMethod = (): PublishedMethod => {
  const latest = METHODS.at(-1);
  if (!latest) throw new Error('no index method');
  return latest;
};

/** The method in force on a day; undefined before the first. */
export const methodOn = (day: LocalDate): PublishedMethod | undefined =>
  METHODS.filter((method) => method.parameters.effectiveFrom <= day).at(-1);
