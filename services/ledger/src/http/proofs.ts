import * as api from '@jishi/contracts/ledger/proofs';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import type { HeadSigner } from '../process/sign-heads.ts';
import { type Queryable, readHeadSeq } from '../store/heads/entries.ts';
import { listKeys } from '../store/heads/signed-heads.ts';
import { readConsistency, readInclusion } from '../store/heads/tree-nodes.ts';
import { beyondHead, outOfOrder } from './beyond-head.ts';
import { KEPT_FOR_LIFE, keptAnswer } from './kept-answer.ts';

export interface ProofDeps {
  readonly pool: Queryable;
  readonly signer: HeadSigner;
}

/** A head is signed every few seconds: what is asked for without a size is soon another. */
const KEPT_FOR_A_MOMENT = 'public, max-age=2';

const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** Beyond the log there is nothing to prove; beyond the last signed head it is signed now. */
const headCovering = async ({ pool, signer }: ProofDeps, field: string, seq: number) => {
  const head = await signer.headCovering(seq);
  if (head) return head;
  const last = await readHeadSeq(pool);
  throw seq > last ? beyondHead(field, seq, last) : new Refusal('log-not-signed');
};

/** A proof under a root that was never signed is no answer: the stored log was changed. */
const requireSignedRoot = async ({ signer }: ProofDeps, size: number, root: Uint8Array) => {
  const head = await signer.heads.ofSize(size);
  if (!head || head.root === hexOf(root)) return head;
  throw new Error(`the stored log no longer gives the signed root of ${size} events`);
};

const serveHeads = (service: Service, deps: ProofDeps): void => {
  const { pool, signer } = deps;
  service.serveRaw(api.readSignedHead, async (asked) => {
    const { atLeast } = asked.query;
    const latest = atLeast === undefined ? await signer.heads.latest() : null;
    const head = latest ?? (await headCovering(deps, 'query.atLeast', atLeast ?? 1));
    return keptAnswer(api.readSignedHead, asked, head, KEPT_FOR_A_MOMENT);
  });

  service.serveRaw(api.listSignedHeads, async (asked) => {
    const page = await signer.heads.list(asked.query);
    return keptAnswer(api.listSignedHeads, asked, page, KEPT_FOR_A_MOMENT);
  });

  service.serveRaw(api.listLogKeys, async (asked) => {
    const items = await listKeys(pool, await signer.heads.latest());
    return keptAnswer(api.listLogKeys, asked, { items }, KEPT_FOR_A_MOMENT);
  });
};

/** Signed heads, and proofs that an event is in the log and that a longer log only adds to it. */
export const serveProofs = (service: Service, deps: ProofDeps): void => {
  const { pool } = deps;
  serveHeads(service, deps);

  service.serveRaw(api.readInclusionProof, async (asked) => {
    const { seq } = asked.query;
    const given = asked.query.size;
    if (given !== undefined && seq > given) throw outOfOrder('query.seq', seq, 'size', given);
    const last = given === undefined ? 'query.seq' : 'query.size';
    const latest = await headCovering(deps, last, given ?? seq);
    const size = given ?? latest.size;
    const { root, leaves, paths } = await readInclusion(pool, [seq], size);
    const head = await requireSignedRoot(deps, size, root);
    const [path = []] = paths;
    const [leaf = root] = leaves;
    const proof = { seq, size, leaf: hexOf(leaf), root: hexOf(root), path: path.map(hexOf) };
    // A head of that size may still be signed, so only an answer that has one stays as it is.
    const keep = asked.query.size !== undefined && head ? KEPT_FOR_LIFE : KEPT_FOR_A_MOMENT;
    return keptAnswer(api.readInclusionProof, asked, { ...proof, note: head?.note ?? null }, keep);
  });

  service.serveRaw(api.readConsistencyProof, async (asked) => {
    const { from, to } = asked.query;
    if (from > to) throw outOfOrder('query.from', from, 'to', to);
    await headCovering(deps, 'query.to', to);
    const { firstRoot, secondRoot, path } = await readConsistency(pool, from, to);
    await requireSignedRoot(deps, from, firstRoot);
    await requireSignedRoot(deps, to, secondRoot);
    const roots = { fromRoot: hexOf(firstRoot), toRoot: hexOf(secondRoot) };
    const proof = { from, to, ...roots, path: path.map(hexOf) };
    return keptAnswer(api.readConsistencyProof, asked, proof, KEPT_FOR_LIFE);
  });
};
