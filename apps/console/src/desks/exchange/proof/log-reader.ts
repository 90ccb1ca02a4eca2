import { ProblemAnswer } from '@jishi/contracts/client';
import { readFeed } from '@jishi/contracts/ledger/endpoints';
import {
  listLogKeys,
  readConsistencyProof,
  readInclusionProof,
  readSignedHead,
  type SignedHead,
} from '@jishi/contracts/ledger/proofs';
import { call } from '../../../api/call.ts';

/** What the checks ask the log for; everything that comes is judged here, not believed. */

const isBeyond = (error: unknown): boolean =>
  error instanceof ProblemAnswer && error.type === 'as-of-beyond-head';

/** A signed head that covers a sequence; null when the log does not reach it. */
export const headAtLeast = async (seq: number): Promise<SignedHead | null> => {
  try {
    return await call(readSignedHead, { query: { atLeast: seq } });
  } catch (error) {
    if (isBeyond(error)) return null;
    throw error;
  }
};

export const latestHead = (): Promise<SignedHead> => call(readSignedHead);

export const readPath = async (from: number, to: number): Promise<readonly string[]> =>
  (await call(readConsistencyProof, { query: { from, to } })).path;

export const proofOf = (seq: number, size: number) =>
  call(readInclusionProof, { query: { seq, size } });

/** The public text of an event, as the feed gives it to anybody. */
export const envelopeAt = async (seq: number): Promise<string | null> => {
  const page = await call(readFeed, { query: { after: seq - 1, limit: 1 } });
  return page.items.find((item) => item.seq === seq)?.envelope ?? null;
};

export const publishedKeys = async (): Promise<readonly string[]> =>
  (await call(listLogKeys)).items.map((item) => item.verifierKey);
