import type { Checkpoint } from '../checkpoint.ts';
import { createFrontier, type Frontier } from '../frontier.ts';
import { sameHash } from '../hash.ts';
import { FINDINGS_MAX, type Findings } from './findings.ts';

/**
 * Grows the tree of an export and compares it with every head on the way. Where event and leaf
 * disagree and no single byte explains it, both are followed until a head tells which was true.
 */
export interface TreeCheck {
  readonly append: (leaf: Buffer) => void;
  /** `stored`: the leaf as written down; `computed`: as the event gives it. */
  readonly appendEither: (stored: Buffer | null, computed: Buffer) => void;
  /** So many leaves are not known: nothing more can be said of roots. */
  readonly lose: (count: number) => void;
  /** At the end of the export: events that are left without a head. */
  readonly end: () => void;
}

const BRANCHES_MAX = 64;

interface Doubt {
  readonly seq: number;
  readonly true: 'stored' | 'computed';
}

interface Branch {
  readonly frontier: Frontier;
  readonly doubts: readonly Doubt[];
}

const branchOff = ({ frontier, doubts }: Branch): Branch => ({
  frontier: createFrontier({ size: frontier.size(), hashes: frontier.hashes() }),
  doubts,
});

export const createTreeCheck = (heads: readonly Checkpoint[], findings: Findings): TreeCheck => {
  let branches: Branch[] = [{ frontier: createFrontier(), doubts: [] }];
  let size = 0;
  let lost = false;
  let next = 0;
  let lastGood = 0;

  const tell = (doubts: readonly Doubt[]): void => {
    for (const { seq, true: side } of doubts) {
      findings.add({ kind: side === 'stored' ? 'event-altered' : 'leaf-altered', seq });
    }
  };
  const compare = (): void => {
    size += 1;
    const head = heads[next];
    if (!head || head.size !== size) return;
    next += 1;
    if (lost) return;
    const good = branches.find(({ frontier }) => sameHash(frontier.root(), head.root));
    tell((good ?? branches[0])?.doubts ?? []);
    if (good) {
      branches = [{ frontier: good.frontier, doubts: [] }];
      lastGood = size;
    } else {
      findings.add({ kind: 'root-differs', seq: lastGood + 1, to: size });
      lost = true;
    }
  };

  return {
    append: (leaf) => {
      if (!lost) for (const { frontier } of branches) frontier.append(leaf);
      compare();
    },
    appendEither: (stored, computed) => {
      const seq = size + 1;
      const forks = stored && branches.length * 2 <= BRANCHES_MAX ? branches.map(branchOff) : [];
      const first = stored ?? computed;
      for (const { frontier } of branches) frontier.append(first);
      for (const { frontier } of forks) frontier.append(computed);
      const with_ = (of: Branch[], side: Doubt['true']): Branch[] =>
        of.map(({ frontier, doubts }) => ({
          frontier,
          doubts: doubts.length < FINDINGS_MAX ? [...doubts, { seq, true: side }] : doubts,
        }));
      branches = [...with_(branches, stored ? 'stored' : 'computed'), ...with_(forks, 'computed')];
      compare();
    },
    lose: (count) => {
      if (!lost) tell(branches[0]?.doubts ?? []);
      lost = true;
      size += count;
      while ((heads[next]?.size ?? Number.POSITIVE_INFINITY) <= size) next += 1;
    },
    end: () => {
      if (!lost) tell(branches[0]?.doubts ?? []);
    },
  };
};
