import { contractReader } from '@jishi/ledger/domain/index/family/contract-text';
import { type FamilyFact, READ_TYPES } from '@jishi/ledger/domain/index/family/facts';
import { type FamilyRowText, familyFactOfText } from '@jishi/ledger/domain/index/family/row-text';

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
export const readExportLine = (line: string): FamilyRowText => {
  const given = JSON.parse(line) as ExportLine;
  return {
    seq: given.seq,
    envelope: given.envelope,
    privateText: given.private ?? textOf(given.remainder),
  };
};

const ENVELOPE = '"envelope":"';
/** How the ledger writes the beginning of a line: its sequence, and the envelope up to its type. */
const HEAD = new RegExp(
  String.raw`^\{"seq":([1-9]\d{0,14}),"envelope":"\{\\"seq\\":\d+,` +
    String.raw`\\"recordedAt\\":\\"([\w.:+-]+)\\",\\"stream\\":\\"[\w.:-]*\\",` +
    String.raw`\\"version\\":\d+,\\"type\\":\\"(\w+)\\",\\"schema\\":\d+,`,
);

const CHARACTERS = String.raw`[^"\\\x00-\x1f]*`;
const TEXT = String.raw`${CHARACTERS}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})${CHARACTERS})*`;
const OR_NULL = `(?:null|"(${TEXT})")`;
/** The rest of a line in that form: exactly what JSON takes for texts and null. */
const TAIL = new RegExp(
  `(${TEXT})","leaf":"${TEXT}","salt":${OR_NULL},"private":${OR_NULL}\\}$`,
  'y',
);

/** Reads texts that are still escaped as they stand in a line. */
const readContract = contractReader(String.raw`\\"`);

/** Longer lines are not judged by pattern, which may take more room than there is. */
const PATTERN_MAX = 1 << 20;

const isAscii = (value: unknown): boolean =>
  typeof value === 'string'
    ? !/[^\0-\x7f]/.test(value)
    : typeof value !== 'object' || value === null || Object.values(value).every(isAscii);

/** A registration, without parsing it; null: read it in another way. */
const quickContractOf = (line: string, seq: number, head: string): FamilyFact | null => {
  TAIL.lastIndex = head.length;
  const [, rest, , hidden] = TAIL.exec(line) ?? [];
  if (rest === undefined || hidden === undefined) return null;
  const from = line.indexOf(ENVELOPE) + ENVELOPE.length;
  const read = readContract(line.slice(from, head.length + rest.length), hidden);
  if (!read) return null;
  return { seq, recordedAt: read.recordedAt, kind: 'registered', contract: read.contract };
};

/**
 * What a line in the ledger's own form says, read byte by character: a line of a type that no
 * index reads is looked over and not parsed, and the names in the others are not decoded. Null:
 * it has another form, or the fact holds more than ASCII, or there is a fault; read it whole.
 */
export const quickFactOf = (bytes: Buffer): FamilyFact | null => {
  const line = bytes.toString('latin1');
  const [head, digits, recordedAt, type] = HEAD.exec(line) ?? [];
  if (!head || !recordedAt || !type || line.length > PATTERN_MAX) return null;
  const seq = Number(digits);
  if (!READ_TYPES.has(type)) {
    TAIL.lastIndex = head.length;
    return TAIL.test(line) ? { seq, recordedAt, kind: 'other' } : null;
  }
  const contract = type === 'ContractRegistered' && quickContractOf(line, seq, head);
  if (contract) return contract;
  try {
    const fact = familyFactOfText(readExportLine(line));
    return isAscii(fact) ? fact : null;
  } catch {
    // Told once it is read as the text that it is.
    return null;
  }
};
