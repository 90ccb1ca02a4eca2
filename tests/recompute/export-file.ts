import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { refuseField } from '@jishi/contracts/problem';
import { type FamilyRow, familyFactOf } from '@jishi/ledger/domain/index/family/facts';
import { applyToFamily, requireBaseData } from '@jishi/ledger/domain/index/family/family';
import { emptyFamily, type Family } from '@jishi/ledger/domain/index/family/family-state';
import type { Method } from '@jishi/ledger/domain/index/family/method';

/** A line of the auditor's export; a remainder is what an erasure has left of a private part. */
interface ExportLine {
  readonly seq: number;
  readonly envelope: string;
  readonly private: string | null;
  readonly remainder?: string | object | null;
}

const textOf = (part: string | object | null | undefined): string | null =>
  part === null || part === undefined || typeof part === 'string'
    ? (part ?? null)
    : JSON.stringify(part);

/** Reads one line of an export. */
export const readExportLine = (line: string): FamilyRow => {
  const given = JSON.parse(line) as ExportLine;
  return {
    seq: given.seq,
    envelope: JSON.parse(given.envelope) as Envelope,
    privateText: given.private ?? textOf(given.remainder),
  };
};

const refuseBeyondHead = (asOf: number, head: number): Error => {
  const [zh, en] = [`日志到 ${head} 为止`, `The log ends at ${head}, before ${asOf}`];
  return refuseField('invalid-input', 'as-of', 'as-of-beyond-head', zh, en);
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
  const lines = createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) {
    if (line === '') continue;
    const fact = familyFactOf(readExportLine(line));
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
