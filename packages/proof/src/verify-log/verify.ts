import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Verifier } from '../note.ts';
import { checkConsistency } from './consistency-check.ts';
import { checkDisclosure } from './disclosure-check.ts';
import { createExportCheck } from './export-check.ts';
import type { Findings } from './findings.ts';
import { notesInFile, openHeads } from './heads.ts';

export interface Verified {
  readonly events: number;
  /** The size of the largest head that was compared. */
  readonly head: number | null;
  readonly erased?: number;
}

const NEWLINE = 0x0a;

/** Hands over a file line by line, as bytes. */
const eachLine = async (path: string, take: (line: Buffer) => void): Promise<void> => {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    let bytes = Buffer.concat([rest, chunk as Buffer]);
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
      if (end > 0) take(bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
  }
  if (rest.length > 0) take(rest);
};

const headsOf = async (
  files: readonly string[],
  verifiers: readonly Verifier[],
  findings: Findings,
) => {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return openHeads(texts.flatMap(notesInFile), verifiers, findings);
};

export interface ExportAsked {
  readonly file: string;
  readonly heads: readonly string[];
  /** Only heads up to this size: for an export that ends there. */
  readonly upTo?: number | undefined;
}

export const verifyExport = async (
  { file, heads, upTo }: ExportAsked,
  verifiers: readonly Verifier[],
  findings: Findings,
): Promise<Verified> => {
  const all = await headsOf(heads, verifiers, findings);
  const used = all.filter((head) => upTo === undefined || head.size <= upTo);
  const check = createExportCheck(used, findings);
  await eachLine(file, check.line);
  return { ...check.end(), head: used.at(-1)?.size ?? null };
};

export const verifyDisclosure = async (
  file: string,
  verifiers: readonly Verifier[],
  findings: Findings,
): Promise<Verified> => {
  try {
    return checkDisclosure(await readFile(file, 'latin1'), verifiers, findings);
  } catch (error) {
    const kind = error instanceof Error && 'code' in error ? 'head-refused' : 'proof-unreadable';
    findings.add({ kind, seq: null });
    return { events: 0, head: null };
  }
};

export interface HeadsAsked {
  readonly heads: readonly string[];
  readonly consistency?: string | undefined;
  /** The address of a ledger's API, to ask it for the proof instead. */
  readonly url?: string | undefined;
}

const PROOF_WAIT_MS = 10_000;

const proofText = async ({ consistency, url }: HeadsAsked, from: number, to: number) => {
  if (consistency !== undefined) return readFile(consistency, 'utf8');
  const address = `${url}/log/proof/consistency?from=${from}&to=${to}`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(PROOF_WAIT_MS) });
  return answer.text();
};

export const verifyHeads = async (
  asked: HeadsAsked,
  verifiers: readonly Verifier[],
  findings: Findings,
): Promise<Verified> => {
  const heads = await headsOf(asked.heads, verifiers, findings);
  const [first, second] = [heads[0], heads.at(-1)];
  if (first && second && first !== second) {
    try {
      const proof = await proofText(asked, first.size, second.size);
      checkConsistency([first, second], proof, findings);
    } catch {
      findings.add({ kind: 'proof-unreadable', seq: null });
    }
  }
  return { events: 0, head: second?.size ?? null };
};
