import { refuseField } from '@jishi/contracts/problem';
import type { FamilyFact } from '@jishi/ledger/domain/index/family/facts';
import { applyToFamily, requireBaseData } from '@jishi/ledger/domain/index/family/family';
import { emptyFamily, type Family } from '@jishi/ledger/domain/index/family/family-state';
import type { Method } from '@jishi/ledger/domain/index/family/method';
import { familyFactOfText } from '@jishi/ledger/domain/index/family/row-text';
import { quickFactOf, readExportLine } from './export-line.ts';
import { byteLinesOf } from './file-lines.ts';

const refuseBeyondHead = (asOf: number, head: number): Error => {
  const [zh, en] = [`日志到 ${head} 为止`, `The log ends at ${head}, before ${asOf}`];
  return refuseField('invalid-input', 'as-of', 'as-of-beyond-head', zh, en);
};

/** A line that is no event of the index's form is told by its number; null: it is blank. */
const factOf = (bytes: Buffer, number: number): FamilyFact | null => {
  const quick = quickFactOf(bytes);
  if (quick) return quick;
  const line = bytes.toString();
  if (line.trim() === '') return null;
  try {
    return familyFactOfText(readExportLine(line));
  } catch (error) {
    const [zh, why] = [`第 ${number} 行读不出来`, error instanceof Error ? error.message : error];
    throw refuseField('invalid-input', 'events', 'line-form', zh, `Line ${number}: ${why}`);
  }
};

/**
 * Folds an export up to a sequence, one line at a time. Refuses (`invalid-input`) a sequence
 * beyond the last event, and a base year without data; throws on a gap in the sequence.
 */
export const foldExport = async (
  method: Method,
  path: string,
  asOf: number | null,
): Promise<Family> => {
  const family = emptyFamily(method);
  let number = 0;
  for (const line of byteLinesOf(path)) {
    number += 1;
    const fact = factOf(line, number);
    if (!fact) continue;
    if (asOf !== null && fact.seq > asOf) break;
    if (fact.seq !== family.market.seq + 1) {
      throw new Error(`event ${fact.seq} follows ${family.market.seq}: the export has a gap`);
    }
    applyToFamily(family, fact);
  }
  if (asOf !== null && family.market.seq < asOf) throw refuseBeyondHead(asOf, family.market.seq);
  requireBaseData(family);
  return family;
};
