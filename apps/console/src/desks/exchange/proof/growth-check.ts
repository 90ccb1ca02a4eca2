import type { Checkpoint } from './note.ts';
import { bad, ok, type Tell } from './step.ts';
import { isConsistent } from './tree.ts';

/** The path between two sizes, as the log gives it. */
export type ReadPath = (from: number, to: number) => Promise<readonly string[]>;

export type Growth = 'same' | 'grown' | 'shorter' | 'another-log' | 'rewritten';

/** Whether the log of `newer` begins with all that stood in the log of `older`. */
export const growthOf = async (
  older: Checkpoint,
  newer: Checkpoint,
  readPath: ReadPath,
): Promise<Growth> => {
  if (older.origin !== newer.origin) return 'another-log';
  if (older.size > newer.size) return 'shorter';
  const [first, second] = [older.size, newer.size];
  const path = first === second ? [] : await readPath(first, second);
  const roots = { firstRoot: older.root, secondRoot: newer.root };
  if (!(await isConsistent({ first, second, ...roots, path }))) return 'rewritten';
  return first === second ? 'same' : 'grown';
};

/** The same, said in words. */
export const checkGrowth = async (
  older: Checkpoint,
  newer: Checkpoint,
  readPath: ReadPath,
  tell: Tell,
): Promise<boolean> => {
  const growth = await growthOf(older, newer, readPath);
  const values = { from: older.size, to: newer.size, n: newer.size - older.size };
  switch (growth) {
    case 'same':
      tell(ok('step.sameHead', values, newer.root));
      return true;
    case 'grown':
      tell(ok('step.grown', values, newer.root));
      return true;
    case 'shorter':
      tell(bad('step.shorter', values, 'advice.rewritten'));
      return false;
    case 'another-log':
      tell(
        bad('step.anotherLog', { older: older.origin, newer: newer.origin }, 'advice.anotherLog'),
      );
      return false;
    case 'rewritten':
      tell(bad('step.rewritten', values, 'advice.rewritten'));
      return false;
  }
};
