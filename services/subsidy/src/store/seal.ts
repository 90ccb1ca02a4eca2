import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Encrypts what must not lie in clear in the database: AES-256-GCM, bound to its record's id. */
export interface Sealer {
  readonly keyId: string;
  readonly seal: (text: string, boundTo: string) => Buffer;
  /** Throws when the bytes were altered, moved to another record, or sealed by another key. */
  readonly open: (sealed: Buffer, boundTo: string) => string;
  /** A keyed digest: tells whether two texts are equal, and without the key nothing else. */
  readonly digest: (text: string) => string;
}

/** The key is 32 bytes in base64 or base64url; its id is the start of its hash. */
export const sealerOf = (keyText: string): Sealer => {
  const key = Buffer.from(keyText, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`the key must have ${KEY_BYTES} bytes in base64`);
  return {
    digest: (text) => createHmac('sha256', key).update(`digest:${text}`).digest('hex'),
    keyId: createHash('sha256').update(key).digest('hex').slice(0, 16),
    seal: (text, boundTo) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed, boundTo) => {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
        .setAAD(Buffer.from(boundTo))
        .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
};
