import * as crypto from 'node:crypto';

const LEAF_PREFIX = Buffer.from([0]);
const NODE_PREFIX = Buffer.from([1]);

/** The one-shot hash costs half of the streaming one; older Nodes lack it. */
export const sha256: (bytes: Uint8Array) => Buffer =
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha256', bytes, 'buffer')
    : (bytes) => crypto.createHash('sha256').update(bytes).digest();

/** The leaf of an entry (RFC 6962, 2.1): SHA-256 of a zero byte and the entry's bytes. */
export const leafHash = (entry: Uint8Array | string): Buffer =>
  sha256(
    Buffer.concat([LEAF_PREFIX, typeof entry === 'string' ? Buffer.from(entry, 'utf8') : entry]),
  );

/** What stands above two hashes: SHA-256 of a one byte and both. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.concat([NODE_PREFIX, left, right]));

/** The commitment to a private part: SHA-256 of the salt and the private bytes. */
export const commitmentOf = (salt: Uint8Array, body: Uint8Array | string): Buffer =>
  sha256(Buffer.concat([salt, typeof body === 'string' ? Buffer.from(body, 'utf8') : body]));

export const EMPTY_ROOT = sha256(Buffer.alloc(0));

export const sameHash = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(one, other) === 0;
