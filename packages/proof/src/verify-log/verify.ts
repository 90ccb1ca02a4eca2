import { readFile } from 'node:fs/promises';
import type { Checkpoint } from '../checkpoint.ts';
import { ProofRefused, type Verifier } from '../note.ts';
import { checkConsistency, pathIn } from './consistency-check.ts';
import { checkDisclosure } from './disclosure-check.ts';
import { createExportCheck } from './export-check.ts';
import { eachLine } from './file-lines.ts';
import type { Findings } from './findings.ts';
import { notesInFile, openHeads } from './heads.ts';

export interface Verified {
  readonly events: number;
  /** The size of the largest head that was compared. */
  readonly head: number | null;
  readonly erased?: number;
  readonly private?: 'none given';
}

/** Asked in a way that compares nothing: no answer about the log. */
export class WronglyUsed extends Error {}

const readGiven = async (path: string): Promise<Buffer> => {
  try {
    return await readFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WronglyUsed(`无法读取文件 · cannot read the file: ${path} (${why})`);
  }
};

const notesOfFile = async (path: string): Promise<string[]> => {
  const text = (await readGiven(path)).toString('utf8');
  try {
    return notesInFile(text);
  } catch (error) {
    throw new WronglyUsed(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const headsOf = async (
  files: readonly string[],
  verifiers: readonly Verifier[],
  findings: Findings,
) => {
  const notes = await Promise.all(files.map(notesOfFile));
  return openHeads(notes.flat(), verifiers, findings);
};

const requireEvents = (result: Verified, findings: Findings): Verified => {
  if ((result.events === 0 || result.head === null) && findings.all().length === 0) {
    findings.add({ kind: 'nothing-compared', seq: null });
  }
  return result;
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
  if (used.length === 0 && findings.all().length === 0) {
    throw new WronglyUsed(`--upto ${upTo}:没有这么早的账本头 · no head is as early as that`);
  }
  const check = createExportCheck(used, findings);
  await eachLine(file, check.line);
  return requireEvents({ ...check.end(), head: used.at(-1)?.size ?? null }, findings);
};

export const verifyDisclosure = async (
  file: string,
  verifiers: readonly Verifier[],
  findings: Findings,
): Promise<Verified> => {
  const whole = await readGiven(file);
  try {
    return requireEvents(checkDisclosure(whole, verifiers, findings), findings);
  } catch (error) {
    const kind = error instanceof ProofRefused ? 'head-refused' : 'proof-unreadable';
    findings.add({ kind, seq: null });
    return { events: 0, head: null };
  }
};

export interface HeadsAsked {
  readonly heads: readonly string[];
  /** One proof for each two heads that follow each other, in any order. */
  readonly consistency: readonly string[];
  /** The address of a ledger's API, to ask it for the proofs instead. */
  readonly url?: string | undefined;
}

const PROOF_WAIT_MS = 10_000;

const askProof = async (url: string, from: number, to: number): Promise<string> => {
  const address = `${url}/log/proof/consistency?from=${from}&to=${to}`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(PROOF_WAIT_MS) });
  return answer.text();
};

/** Every head must add to the one before it: a fork between the first and the last is one too. */
export const verifyHeads = async (
  { heads: files, consistency, url }: HeadsAsked,
  verifiers: readonly Verifier[],
  findings: Findings,
): Promise<Verified> => {
  const heads = await headsOf(files, verifiers, findings);
  const result = { events: 0, head: heads.at(-1)?.size ?? null };
  const pairs = heads.slice(1).map((head, i) => [heads[i] as Checkpoint, head] as const);
  if (findings.all().length > 0) return result;
  if (pairs.length === 0) {
    throw new WronglyUsed('至少需要两个不同的账本头 · two different heads are needed');
  }
  if (url === undefined && consistency.length < pairs.length) {
    throw new WronglyUsed(
      `${heads.length} 个账本头需要 ${pairs.length} 份一致性证明 · ${heads.length} heads need ${pairs.length} proofs, one for each two neighbours`,
    );
  }
  const proofs = await Promise.all(consistency.map(readGiven));
  try {
    const given = proofs.map((proof) => pathIn(proof.toString('utf8')));
    for (const pair of pairs) {
      const [first, second] = pair;
      const paths =
        url === undefined ? given : [pathIn(await askProof(url, first.size, second.size))];
      checkConsistency(pair, paths, findings);
    }
  } catch {
    findings.add({ kind: 'proof-unreadable', seq: null });
  }
  return result;
};
