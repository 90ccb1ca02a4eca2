import { leafHash, nodeHash } from './hash.ts';
import type { ReadNode } from './tree.ts';

/** The eight inputs of the certificate-transparency reference tests, and what they give. */
export const CT_INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));

export const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

export const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => leafHash(`entry ${i}`));

/** Hashes every full subtree from below, without a word of the code under test. */
export const readerOf = (leaves: readonly Uint8Array[]): ReadNode => {
  const read = (level: number, index: number): Uint8Array => {
    if (level > 0) return nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1));
    const leaf = leaves[index];
    if (!leaf) throw new Error(`no leaf ${index}`);
    return leaf;
  };
  return read;
};
