import { commitmentOf, leafHash, sha256 } from '../hash.ts';
import type { Findings } from './findings.ts';
import { commitIn, type Line, seqIn } from './line.ts';
import type { RepairByte } from './repair.ts';
import type { TreeCheck } from './tree-check.ts';

const ZERO = Buffer.from([0]);
/** An altered event gives quite another hash; one that is this near was itself altered. */
const NEAR_BYTES = 4;

const leafOf = (envelope: Buffer): Buffer => sha256(Buffer.concat([ZERO, envelope]));

const differing = (one: Buffer, other: Buffer): number[] =>
  [...one.keys()].filter((i) => one[i] !== other[i]);

const SALT_BYTES = 32;

/**
 * The private part under the commitment of its (sound or repaired) envelope. Salt and private part
 * come together or not at all; `missing`: there was one that is not shown.
 */
export const checkPrivate = (
  seq: number,
  envelope: Buffer,
  part: Pick<Line, 'salt' | 'private'>,
  findings: Findings,
  repairByte: RepairByte,
): 'missing' | 'shown' | 'none' => {
  const commit = commitIn(envelope);
  const { salt, private: body } = part;
  if (body === null && salt === null) return commit ? 'missing' : 'none';
  if (!commit) {
    findings.add({ kind: 'private-unexpected', seq });
    return 'shown';
  }
  if (body === null || salt?.length !== SALT_BYTES) {
    findings.add({ kind: 'private-altered', seq });
    return 'shown';
  }
  const fits = (candidateSalt: Uint8Array, candidate: Uint8Array): boolean =>
    commitmentOf(candidateSalt, candidate).toString('hex') === commit;
  if (fits(salt, body)) return 'shown';
  const hashed = salt.length + body.length;
  const inBody = repairByte(body, hashed, (candidate) => fits(salt, candidate));
  const inSalt = inBody ? null : repairByte(salt, hashed, (candidate) => fits(candidate, body));
  const found = inBody ?? inSalt;
  const place = found && { byte: found.byte, is: found.is, was: found.was };
  const which = inBody ? 'private' : 'salt';
  findings.add({ kind: 'private-altered', seq, ...(place ? { part: which, ...place } : {}) });
  return 'shown';
};

/** An event and its leaf; tells the tree what stands there, and what the envelope was. */
export const checkEvent = (
  line: Line,
  seq: number,
  tree: TreeCheck,
  findings: Findings,
  repairByte: RepairByte,
): Buffer => {
  const { envelope, leaf, broken } = line;
  const computed = leafOf(envelope);
  if (computed.toString('hex') === leaf) {
    if (broken) findings.add({ kind: 'line-unreadable', seq });
    const own = seqIn(envelope);
    if (own !== null && own !== line.seq) findings.add({ kind: 'seq-differs', seq: own });
    tree.append(computed);
    return envelope;
  }
  const stored = /^[0-9a-f]{64}$/.test(leaf) ? Buffer.from(leaf, 'hex') : null;
  const near = stored ? differing(computed, stored) : [];
  if (!stored || near.length <= NEAR_BYTES) {
    const at = near[0];
    const hex = (bytes: Buffer, i: number): string => bytes.subarray(i, i + 1).toString('hex');
    const place =
      stored && at !== undefined && near.length === 1
        ? { part: 'leaf' as const, byte: at, is: hex(stored, at), was: hex(computed, at) }
        : {};
    findings.add({ kind: 'leaf-altered', seq, ...place });
    tree.append(computed);
    return envelope;
  }
  const repair = repairByte(envelope, envelope.length, (candidate) =>
    leafHash(candidate).equals(stored),
  );
  if (repair) {
    const { byte, is, was, repaired } = repair;
    findings.add({ kind: 'byte-altered', seq, part: 'envelope', byte, is, was });
    tree.append(stored);
    return repaired;
  }
  tree.appendEither(stored, computed);
  return envelope;
};
