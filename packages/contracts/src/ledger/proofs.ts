import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant } from '../time.ts';
import { LogKind } from './envelope.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;
const open = { ...ledger, method: 'get', access: { who: 'public' } } as const;
const seqFrom = (least: number) => z.coerce.number().int().min(least);
const HashHex = z.string().regex(/^[0-9a-f]{64}$/);
const Path = z.array(HashHex);

/** A head of the log, signed: `note` is what counts, the rest repeats what it says. */
export const SignedHead = z
  .object({
    /** C2SP signed note over a checkpoint: origin, size, root, kind, recorded time. */
    note: z.string(),
    size: z.int().positive(),
    root: HashHex,
    /** When the last event in it was recorded. */
    recordedAt: Instant,
    kind: LogKind,
    keyName: z.string(),
    verifierKey: z.string(),
  })
  .openapi('SignedHead');
export type SignedHead = z.infer<typeof SignedHead>;

/**
 * The latest signed head. With `atLeast` one that covers that sequence: when there is none yet it
 * is signed now, at most one per size.
 */
export const readSignedHead = endpoint({
  ...open,
  path: '/log/signed-head',
  summary: { zh: '最新签名账本头', en: 'The latest signed head of the log' },
  query: z.strictObject({ atLeast: seqFrom(1).optional() }),
  answer: SignedHead,
  refusals: ['as-of-beyond-head', 'log-not-signed'],
});

/** Newest first. `at`: only heads whose last event was recorded at or before that instant. */
export const listSignedHeads = endpoint({
  ...open,
  path: '/log/signed-heads',
  summary: { zh: '签名账本头列表', en: 'Signed heads, newest first; also by instant' },
  query: z.strictObject({
    before: seqFrom(1).optional(),
    at: Instant.optional(),
    limit: seqFrom(1).max(1_000).default(100),
  }),
  answer: z.object({ items: z.array(SignedHead), next: z.int().nullable() }),
  refusals: [],
});

/** That event `seq` is in the log of `size` events; by default in the latest signed head. */
export const readInclusionProof = endpoint({
  ...open,
  path: '/log/proof/inclusion',
  summary: { zh: '收录证明', en: 'Proof that an event is in the log of that size' },
  query: z.strictObject({ seq: seqFrom(1), size: seqFrom(1).optional() }),
  answer: z.object({
    seq: z.int().positive(),
    size: z.int().positive(),
    leaf: HashHex,
    root: HashHex,
    path: Path,
    /** The signed head of that size, when there is one. */
    note: z.string().nullable(),
  }),
  refusals: ['as-of-beyond-head', 'log-not-signed'],
});

/** That the log of `to` events begins with the log of `from` events. */
export const readConsistencyProof = endpoint({
  ...open,
  path: '/log/proof/consistency',
  summary: { zh: '一致性证明', en: 'Proof that a longer log only adds to a shorter one' },
  query: z.strictObject({ from: seqFrom(1), to: seqFrom(1) }),
  answer: z.object({
    from: z.int().positive(),
    to: z.int().positive(),
    fromRoot: HashHex,
    toRoot: HashHex,
    path: Path,
  }),
  refusals: ['as-of-beyond-head'],
});

export const listLogKeys = endpoint({
  ...open,
  path: '/log/keys',
  summary: { zh: '账本签名公钥', en: 'Every key that ever signed a head of this log' },
  answer: z.object({
    items: z.array(
      z.object({
        keyName: z.string(),
        verifierKey: z.string(),
        firstSize: z.int().positive(),
        lastSize: z.int().positive(),
      }),
    ),
  }),
  refusals: [],
});

export const DISCLOSURE_FORMAT = 'jishi-disclosure/1';

/** One contract as one file that anybody can check with the log's public key alone. */
export const Disclosure = z
  .object({
    format: z.literal(DISCLOSURE_FORMAT),
    origin: z.string(),
    /** The signed head under which every path ends. */
    note: z.string(),
    verifierKey: z.string(),
    contractId: Id,
    events: z.array(
      z
        .object({
          seq: z.int().positive(),
          envelope: z.string(),
          /** Salt in hex and private bytes; null where there is none or it may not be seen. */
          salt: HashHex.nullable(),
          private: z.string().nullable(),
          path: Path,
        })
        // A private part without its salt could not be checked, and must never look as if it were.
        .refine((event) => (event.salt === null) === (event.private === null)),
    ),
  })
  .openapi('Disclosure');
export type Disclosure = z.infer<typeof Disclosure>;

/** For the contract's own parties, the desk and the auditor; not found for anybody else. */
export const readDisclosure = endpoint({
  ...ledger,
  method: 'get',
  path: '/registrations/{contractId}/disclosure',
  summary: { zh: '合同证明文件', en: 'One contract with its proofs, as one file' },
  access: { who: 'signed-in' },
  params: z.strictObject({ contractId: Id }),
  answer: Disclosure,
  refusals: ['log-not-signed'],
  sends: 'file',
});

export const PROOF_ENDPOINTS = [
  readSignedHead,
  listSignedHeads,
  readInclusionProof,
  readConsistencyProof,
  listLogKeys,
  readDisclosure,
];
