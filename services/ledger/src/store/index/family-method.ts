import familyFile from '../../../parameters/index-family-1.0.json' with { type: 'json' };
import { type Method, readMethod } from '../../domain/index/family/method.ts';

/** Every version there has been, oldest first. */
const METHODS: readonly Method[] = [readMethod(familyFile)];

export const currentFamilyMethod = (): Method => {
  const latest = METHODS.at(-1);
  if (!latest) throw new Error('no index method');
  return latest;
};

/** A version by its number; undefined: there is no such version. */
export const familyMethodOf = (version: string): Method | undefined =>
  METHODS.find(({ file }) => file.version === version);
