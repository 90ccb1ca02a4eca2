import { commitmentOf, leafHash, sha256 } from '../hash.ts';
import type { Findings } from './findings.ts';
import { commitIn, type Line, seqIn } from './line.ts';
import { repairByte } from './repair.ts';
import type { TreeCheck } from './tree-check.ts';

const ZERO = Buffer.from([0]);
/** An altered event gives quite another hash; one that is this near was itself altered. */
const NEAR_BYTES = 4;

const leafOf = (envelope: Buffer): Buffer => sha256(Buffer.concat([ZERO, envelope]));

const differing = (one: Buffer, other: Buffer): number[] =>
  [...one.keys()].filter((i) => one[i] !== other[i]);

/** The private part under the commitment of its (sound or repaired) envelope. */
export const checkPrivate = (
  seq: number,
  envelope: Buffer,
  part: Pick<Line, 'salt' | 'private'>,
  findings: Findings,
): 'erased' | 'shown' | 'none' => {
  const commit = commitIn(envelope);
  const { salt, private: body } = part;
  if (body === null) return commit ? 'erased' : 'none';
  if (!commit) {
    findings.add({ kind: 'private-unexpected', seq });
    return 'shown';
  }
  const kept = salt ?? Buffer.alloc(0);
  const fits = (candidateSalt: Uint8Array, candidate: Uint8Array): boolean =>
    commitmentOf(candidateSalt, candidate).toString('hex') === commit;
  if (fits(kept, body)) return 'shown';
  const inBody = repairByte(body, (candidate) => fits(kept, candidate));
  const inSalt = inBody ? null : repairByte(kept, (candidate) => fits(candidate, body));
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
  const repair = repairByte(envelope, (candidate) => leafHash(candidate).equals(stored));
  if (repair) {
    const { byte, is, was, repaired } = repair;
    findings.add({ kind: 'byte-altered', seq, part: 'envelope', byte, is, was });
    tree.append(stored);
    return repaired;
  }
  tree.appendEither(stored, computed);
  return envelope;
};
