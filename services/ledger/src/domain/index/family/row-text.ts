import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { contractReader } from './contract-text.ts';
import { type FamilyFact, familyFactOf, READ_TYPES } from './facts.ts';
import { ownText } from './known-texts.ts';

/** A row of the log as stored: the hashed text itself. */
export interface FamilyRowText {
  readonly seq: number;
  readonly envelope: string;
  readonly privateText: string | null;
}

/** How every envelope begins, fixed from the first event on; see the log's golden row. */
const BEGINNING =
  /^\{"seq":\d+,"recordedAt":"([^"\\]+)","stream":"[^"\\]*","version":\d+,"type":"(\w+)","schema":(\d+),/;

const readContract = contractReader('"');

type Known = (type: string, schema: number) => void;

/**
 * Reduces a row like `familyFactOf`, but parses the text only of the types that the index reads:
 * three in four events move the head alone, and most others are read by pattern. `check` may
 * refuse a type and schema by throwing.
 */
export const familyFactOfText = (row: FamilyRowText, check?: Known): FamilyFact => {
  const [, recordedAt, type, schema] = BEGINNING.exec(row.envelope) ?? [];
  if (recordedAt !== undefined && type !== undefined && !READ_TYPES.has(type)) {
    check?.(type, Number(schema));
    return { seq: row.seq, recordedAt: ownText(recordedAt), kind: 'other' };
  }
  if (type === 'ContractRegistered' && row.privateText !== null) {
    const read = readContract(row.envelope, row.privateText);
    if (read) {
      check?.(type, read.schema);
      return {
        seq: row.seq,
        recordedAt: read.recordedAt,
        kind: 'registered',
        contract: read.contract,
      };
    }
  }
  const envelope = JSON.parse(row.envelope) as Envelope;
  check?.(envelope.type, envelope.schema);
  return familyFactOf({ seq: row.seq, envelope, privateText: row.privateText });
};
