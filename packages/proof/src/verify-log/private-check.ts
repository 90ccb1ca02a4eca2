import { checkPrivate } from './event-check.ts';
import type { Findings } from './findings.ts';
import { erasedBy, type Line } from './line.ts';
import type { RepairByte } from './repair.ts';

export interface PrivateResult {
  readonly erased: number;
  readonly private?: 'none given';
}

/**
 * Whether each private part is there, or a later event says that it was erased: what merely is not
 * there was taken out. Keeps the numbers of those that are not there, and nothing else.
 */
export const createPrivateCheck = (findings: Findings, repairByte: RepairByte) => {
  const missing = new Set<number>();
  let shown = false;
  let erasures = 0;
  let erased = 0;
  return {
    take: (seq: number, envelope: Buffer, line: Line): void => {
      // Before its own part is looked at: an erasure names earlier events only.
      const sequences = erasedBy(envelope);
      if (sequences) {
        erasures += 1;
        for (const gone of sequences) if (missing.delete(gone)) erased += 1;
      }
      if (line.broken) return;
      const found = checkPrivate(seq, envelope, line, findings, repairByte);
      if (found === 'missing') missing.add(seq);
      if (found === 'shown') shown = true;
    },
    end: (): PrivateResult => {
      if (missing.size > 0 && !shown && erasures === 0) return { erased, private: 'none given' };
      for (const seq of missing) findings.add({ kind: 'private-missing', seq });
      return { erased };
    },
  };
};
