import type { Checkpoint } from '../checkpoint.ts';
import { verifyConsistency } from '../tree.ts';
import type { Findings } from './findings.ts';
import { hashOf } from './text.ts';

type Path = readonly Buffer[];

/** The path of a proof as it was given; throws for what is none. */
export const pathIn = (proof: string): Path => {
  const { path } = JSON.parse(proof) as { path: readonly unknown[] };
  const hashes = path.map(hashOf);
  if (!hashes.every((hash) => hash !== null)) throw new SyntaxError('not a path of hashes');
  return hashes;
};

/** Whether the longer head only adds to the shorter one, by any of the proofs given. */
export const checkConsistency = (
  [first, second]: readonly [Checkpoint, Checkpoint],
  paths: readonly Path[],
  findings: Findings,
): void => {
  const claim = {
    ...{ first: first.size, second: second.size },
    ...{ firstRoot: first.root, secondRoot: second.root },
  };
  if (paths.some((path) => verifyConsistency({ ...claim, path }))) return;
  findings.add({ kind: 'heads-contradict', seq: first.size, to: second.size });
};
