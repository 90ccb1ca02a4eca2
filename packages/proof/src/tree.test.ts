import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrontier } from './frontier.ts';
import { EMPTY_ROOT, leafHash, nodeHash } from './hash.ts';
import { bytesOf, CT_INPUTS, leavesOf, readerOf } from './testing.ts';
import {
  consistencyProof,
  inclusionProof,
  nodesOfConsistency,
  nodesOfInclusion,
  rootFrom,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const LEAVES = CT_INPUTS.map((input) => leafHash(input));
const READ = readerOf(LEAVES);

const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const L = {
  zero: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  one: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  four: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  pair01: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  pair23: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  pair45: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  pair67: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  four03: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  four47: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
};

describe('the reference vectors of RFC 6962', () => {
  test('a leaf and a node are hashed with their own prefix', () => {
    expect(hex(leafHash(bytesOf('101112131415161718191a1b1c1d1e1f')))).toBe(
      '3bfb960453ebaebf33727da7a1f4db38acc051d381b6da20d6d4e88f0eabfd7a',
    );
    const numbers = Buffer.from(Array.from({ length: 64 }, (_, i) => i));
    expect(hex(nodeHash(numbers.subarray(0, 32), numbers.subarray(32)))).toBe(
      '1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57',
    );
  });

  test.each(ROOTS.map((root, size) => [size, root] as const))(
    'the tree of %i leaves has its root, by list, by subtrees and leaf by leaf',
    (size, root) => {
      const frontier = createFrontier();
      for (const leaf of LEAVES.slice(0, size)) frontier.append(leaf);
      expect(hex(rootOf(LEAVES.slice(0, size)))).toBe(root);
      expect(hex(rootFrom(size, READ))).toBe(root);
      expect(hex(frontier.root())).toBe(root);
      if (size === 0) expect(hex(EMPTY_ROOT)).toBe(root);
    },
  );

  test.each([
    [0, 1, []],
    [0, 8, [L.one, L.pair23, L.four47]],
    [5, 8, [L.four, L.pair67, L.four03]],
    [2, 3, [L.pair01]],
    [1, 5, [L.zero, L.pair23, L.four]],
  ])('leaf %i in a tree of %i has its path', (index, size, path) => {
    expect(inclusionProof(index, size, READ).map(hex)).toStrictEqual(path);
    const claim = { index, size, leaf: LEAVES[index] as Buffer, root: bytesOf(ROOTS[size] ?? '') };
    expect(verifyInclusion({ ...claim, path: path.map(bytesOf) })).toBe(true);
  });

  test.each([
    [1, 1, []],
    [1, 8, [L.one, L.pair23, L.four47]],
    [6, 8, [L.pair45, L.pair67, L.four03]],
    [2, 5, [L.pair23, L.four]],
  ])('the tree of %i is the beginning of that of %i by its path', (first, second, path) => {
    expect(consistencyProof(first, second, READ).map(hex)).toStrictEqual(path);
    const roots = {
      firstRoot: bytesOf(ROOTS[first] ?? ''),
      secondRoot: bytesOf(ROOTS[second] ?? ''),
    };
    expect(verifyConsistency({ first, second, ...roots, path: path.map(bytesOf) })).toBe(true);
  });
});

const LEAVES_MAX = 600;
const MANY = leavesOf(LEAVES_MAX);
const READ_MANY = readerOf(MANY);
const OF = { numRuns: 150 };
const size = fc.integer({ min: 1, max: LEAVES_MAX });
const flip = (bytes: Uint8Array, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] as number) ^ (1 << (bit % 8));
  return copy;
};

describe('random trees', () => {
  test('root by list, by subtrees and leaf by leaf are one', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: LEAVES_MAX }), (n, begun) => {
        const half = Math.min(begun, n);
        const first = createFrontier();
        for (const leaf of MANY.slice(0, half)) first.append(leaf);
        const rest = createFrontier({ size: half, hashes: first.hashes() });
        for (const leaf of MANY.slice(half, n)) rest.append(leaf);
        const root = hex(rootOf(MANY.slice(0, n)));
        return hex(rest.root()) === root && hex(rootFrom(n, READ_MANY)) === root;
      }),
      OF,
    );
  });

  test('every leaf is proven, and no altered claim is', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), fc.nat(), (n, where, which, bit) => {
        const index = where % n;
        const path = inclusionProof(index, n, READ_MANY);
        const root = rootOf(MANY.slice(0, n));
        const claim = { index, size: n, leaf: MANY[index] as Buffer, path, root };
        expect(verifyInclusion(claim)).toBe(true);
        const step = path.length === 0 ? -1 : which % path.length;
        const bent = path.map((hash, i) => (i === step ? flip(hash, bit) : hash));
        if (step >= 0) expect(verifyInclusion({ ...claim, path: bent })).toBe(false);
        expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(root, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, path: [...path, root] })).toBe(false);
        expect(verifyInclusion({ ...claim, path: path.slice(0, -1) })).toBe(path.length === 0);
        const other = which % n;
        expect(verifyInclusion({ ...claim, index: other })).toBe(other === index);
        expect(verifyInclusion({ ...claim, index: n })).toBe(false);
      }),
      OF,
    );
  });

  test('another size proves nothing: a proof is for one tree', () => {
    fc.assert(
      fc.property(size, size, fc.nat(), (n, other, where) => {
        const index = where % n;
        const root = rootOf(MANY.slice(0, n));
        const otherRoot = rootOf(MANY.slice(0, other));
        const path = inclusionProof(index, n, READ_MANY);
        const leaf = MANY[index] as Buffer;
        expect(verifyInclusion({ index, size: other, leaf, path, root: otherRoot })).toBe(
          other === n,
        );
        return verifyInclusion({ index, size: n, leaf, path, root });
      }),
      OF,
    );
  });

  test('every shorter tree is proven consistent, and no altered claim is', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), fc.nat(), (second, where, which, bit) => {
        const first = (where % second) + 1;
        const path = consistencyProof(first, second, READ_MANY);
        const firstRoot = rootOf(MANY.slice(0, first));
        const secondRoot = rootOf(MANY.slice(0, second));
        const claim = { first, second, firstRoot, secondRoot, path };
        expect(verifyConsistency(claim)).toBe(true);
        const step = path.length === 0 ? -1 : which % path.length;
        const bent = path.map((hash, i) => (i === step ? flip(hash, bit) : hash));
        if (step >= 0) expect(verifyConsistency({ ...claim, path: bent })).toBe(false);
        expect(verifyConsistency({ ...claim, firstRoot: flip(firstRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, secondRoot: flip(secondRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, path: [...path, secondRoot] })).toBe(false);
        expect(verifyConsistency({ ...claim, path: path.slice(0, -1) })).toBe(path.length === 0);
        const other = (which % second) + 1;
        const otherRoot = rootOf(MANY.slice(0, other));
        expect(verifyConsistency({ ...claim, first: other, firstRoot: otherRoot })).toBe(
          other === first,
        );
      }),
      OF,
    );
  });

  test('a proof is made of the subtrees it names', () => {
    fc.assert(
      fc.property(size, fc.nat(), (n, where) => {
        const asked = new Set<string>();
        const read = (level: number, index: number): Uint8Array => {
          asked.add(`${level}/${index}`);
          return READ_MANY(level, index);
        };
        inclusionProof(where % n, n, read);
        consistencyProof((where % n) + 1, n, read);
        const named = [
          ...nodesOfInclusion(where % n, n),
          ...nodesOfConsistency((where % n) + 1, n),
        ];
        expect(new Set(named.map((node) => `${node.level}/${node.index}`))).toStrictEqual(asked);
      }),
      OF,
    );
  });
});

test('places that are none are refused, not guessed', () => {
  expect(() => inclusionProof(8, 8, READ)).toThrow(RangeError);
  expect(() => inclusionProof(-1, 8, READ)).toThrow(RangeError);
  expect(() => consistencyProof(0, 8, READ)).toThrow(RangeError);
  expect(() => consistencyProof(9, 8, READ)).toThrow(RangeError);
});
