import { bytesOf, leafOf } from '../../../kit/hashing.ts';
import type { Checkpoint } from './note.ts';
import { bad, ok, type Tell } from './step.ts';
import { isIncluded } from './tree.ts';

/** Leaf, path, root: that an event stands at its place in the log that a head was signed over. */
export const checkEvent = async (
  event: { readonly seq: number; readonly envelope: string },
  proof: { readonly leaf: string; readonly path: readonly string[] },
  head: Checkpoint,
  tell: Tell,
): Promise<boolean> => {
  const { seq, envelope } = event;
  const { path } = proof;
  const leaf = await leafOf(envelope);
  const isSame = leaf === proof.leaf;
  const bytes = bytesOf(envelope).length;
  tell(
    isSame
      ? ok('step.leaf', { seq, bytes }, leaf)
      : bad('step.leafOther', { seq, bytes }, 'advice.event', leaf),
  );
  const { root, size } = head;
  const isThere = await isIncluded({ index: seq - 1, size, leaf, path, root });
  const values = { seq, n: path.length, size };
  tell(
    isThere
      ? ok('step.path', values, root)
      : bad('step.pathOther', values, isSame ? 'advice.altered' : 'advice.event'),
  );
  return isSame && isThere;
};
