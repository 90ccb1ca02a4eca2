import { createHash, generateKeyPairSync } from 'node:crypto';
import { checkpointText, originOf } from '@jishi/proof/checkpoint';
import { leafHash } from '@jishi/proof/hash';
import { signerOf, signNote } from '@jishi/proof/note';
import { readerOf } from '@jishi/proof/testing';
import { consistencyProof, inclusionProof, rootOf } from '@jishi/proof/tree';
import { hexOf } from '../../../kit/hashing.ts';
import type { ProofStep } from './step.ts';

/** A small log as the market would sign it, made by the market's own side of the proofs. */
const RECORDED_AT = '2026-11-29T06:32:08.000Z';
const SALT = 'ab'.repeat(32);

export const newSigner = (name = 'jishi-log') =>
  signerOf(
    name,
    generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
  );
export type Signer = ReturnType<typeof newSigner>;

const idOf = (n: number): string => `01999999-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const CONTRACT = idOf(1);
const OTHER_CONTRACT = idOf(2);

const bodyOf = (seq: number): string =>
  JSON.stringify({
    actor: { kind: 'service', service: 'market' },
    facts: { title: `合同 ${seq}`, seller: { name: '甲方' }, contractValueFen: '123456' },
  });

const commitOf = (body: string): string =>
  createHash('sha256').update(Buffer.from(SALT, 'hex')).update(body).digest('hex');

/** Odd sequences belong to the contract, even ones to another. */
const envelopeOf = (seq: number): string =>
  JSON.stringify({
    ...{ seq, recordedAt: RECORDED_AT },
    stream: `contract-${seq % 2 === 1 ? CONTRACT : OTHER_CONTRACT}`,
    version: Math.ceil(seq / 2),
    ...{ type: 'ContractSubmitted', schema: 1, id: idOf(100 + seq), actor: { kind: 'person' } },
    data: { signedOn: `2026-11-${10 + seq}` },
    commit: commitOf(bodyOf(seq)),
  });

/** `rewrite` gives an event another text, as a forger would. */
export const sampleLog = (
  size: number,
  signer: Signer,
  rewrite: (envelope: string, seq: number) => string = (envelope) => envelope,
) => {
  const envelopes = Array.from({ length: size }, (_, i) => rewrite(envelopeOf(i + 1), i + 1));
  const leaves = envelopes.map((envelope) => leafHash(envelope));
  const read = readerOf(leaves);
  const origin = originOf('苏州', 'synthetic', leaves[0] as Buffer);
  const noteAt = (n: number): string =>
    signNote(
      checkpointText({
        ...{ origin, size: n, root: rootOf(leaves.slice(0, n)) },
        ...{ kind: 'synthetic', recordedAt: RECORDED_AT },
      }),
      signer,
    );
  const pathOf = (seq: number, n: number) => inclusionProof(seq - 1, n, read).map(hexOf);
  return {
    envelopeAt: (seq: number): string => envelopes[seq - 1] ?? '',
    noteAt,
    proofAt: (seq: number, n: number) => ({
      leaf: hexOf(leaves[seq - 1] as Buffer),
      path: pathOf(seq, n),
    }),
    readPath: async (from: number, to: number) => consistencyProof(from, to, read).map(hexOf),
    disclosure: () => ({
      format: 'jishi-disclosure/1',
      ...{ origin, note: noteAt(size), verifierKey: signer.verifier.text, contractId: CONTRACT },
      events: envelopes.flatMap((envelope, i) =>
        i % 2 === 1
          ? []
          : [
              {
                seq: i + 1,
                envelope,
                salt: SALT,
                private: bodyOf(i + 1),
                path: pathOf(i + 1, size),
              },
            ],
      ),
    }),
  };
};

/** Runs a check and keeps what it told. */
export const told = async (check: (tell: (step: ProofStep) => void) => Promise<unknown>) => {
  const steps: ProofStep[] = [];
  const result = await check((step) => steps.push(step));
  return { result, texts: steps.map((step) => step.text), steps };
};
