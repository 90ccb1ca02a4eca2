import type { Checkpoint } from '../checkpoint.ts';
import { verifyConsistency } from '../tree.ts';
import type { Findings } from './findings.ts';

/** Whether the longer head only adds to the shorter one, by the proof given for the two. */
export const checkConsistency = (
  [first, second]: readonly [Checkpoint, Checkpoint],
  proof: string,
  findings: Findings,
): void => {
  const { path } = JSON.parse(proof) as { path: readonly string[] };
  const holds = verifyConsistency({
    ...{ first: first.size, second: second.size },
    ...{ firstRoot: first.root, secondRoot: second.root },
    path: path.map((hash) => Buffer.from(hash, 'hex')),
  });
  if (!holds) findings.add({ kind: 'heads-contradict', seq: first.size, to: second.size });
};
