import * as crypto from 'node:crypto';
import { sha256 } from './hash.ts';

/** Signed notes (C2SP signed-note v1): a text, an empty line, and lines of signatures. */

/** A note, a key or a checkpoint that is not what it should be. The code names the case. */
export class ProofRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ProofRefused';
    this.code = code;
  }
}

const ED25519 = 0x01;
const KEY_BYTES = 32;
const ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const NOTE_BYTES_MAX = 1_000_000;
const SIGNATURES_MAX = 100;
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
// Spaces, `+` and control characters would make a line ambiguous.
const NAME = /^[^\s+\p{Cc}]+$/u;

export interface Verifier {
  readonly name: string;
  /** The first four bytes of the key's hash, in hex. */
  readonly id: string;
  readonly publicKey: crypto.KeyObject;
  /** `name+id+base64`, as published. */
  readonly text: string;
}

export interface Signer {
  readonly verifier: Verifier;
  readonly privateKey: crypto.KeyObject;
}

export interface OpenedNote {
  readonly text: string;
  readonly signedBy: readonly Verifier[];
}

const refuse = (code: string, message: string): never => {
  throw new ProofRefused(code, message);
};

/** Base64 with padding, in the one form that encodes these bytes. */
export const base64Of = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};

const keyIdOf = (name: string, key: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.from([ED25519]), key])).subarray(
    0,
    ID_BYTES,
  );

const verifierOf = (name: string, key: Buffer): Verifier => {
  if (!NAME.test(name)) refuse('key-name', 'a key name has no spaces and no plus sign');
  const id = keyIdOf(name, key).toString('hex');
  const encoded = Buffer.concat([Buffer.from([ED25519]), key]).toString('base64');
  const publicKey = crypto.createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, key]),
    format: 'der',
    type: 'spki',
  });
  return { name, id, publicKey, text: `${name}+${id}+${encoded}` };
};

/** Reads `name+id+base64`; the id must be the one that name and key give. */
export const parseVerifierKey = (text: string): Verifier => {
  // Base64 has plus signs of its own: the first two part the fields.
  const [name = '', id = '', ...rest] = text.split('+');
  const bytes = base64Of(rest.join('+'));
  if (!bytes || bytes.length !== KEY_BYTES + 1 || bytes[0] !== ED25519) {
    return refuse('verifier-key', 'not an Ed25519 verifier key');
  }
  const verifier = verifierOf(name, bytes.subarray(1));
  return verifier.id === id ? verifier : refuse('verifier-key', 'the key id does not fit the key');
};

/** `pkcs8`: the private key in base64. */
export const signerOf = (name: string, pkcs8: string): Signer => {
  const privateKey = crypto.createPrivateKey({
    key: Buffer.from(pkcs8, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  if (privateKey.asymmetricKeyType !== 'ed25519') refuse('signing-key', 'not an Ed25519 key');
  const spki = crypto.createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { verifier: verifierOf(name, spki.subarray(SPKI_PREFIX.length)), privateKey };
};

/** Ed25519 has no randomness: one text and one key give one note. */
export const signNote = (text: string, { verifier, privateKey }: Signer): string => {
  if (!text.endsWith('\n')) refuse('note-text', 'the text of a note ends with a line break');
  const signature = crypto.sign(null, Buffer.from(text, 'utf8'), privateKey);
  const blob = Buffer.concat([Buffer.from(verifier.id, 'hex'), signature]);
  return `${text}\n— ${verifier.name} ${blob.toString('base64')}\n`;
};

interface SignatureLine {
  readonly name: string;
  readonly id: string;
  readonly signature: Buffer;
}

const signatureLine = (line: string): SignatureLine => {
  const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const blob = encoded === undefined ? null : base64Of(encoded);
  if (name === undefined || !NAME.test(name) || !blob || blob.length <= ID_BYTES) {
    return refuse('note-form', 'a line of signatures is malformed');
  }
  return {
    name,
    id: blob.subarray(0, ID_BYTES).toString('hex'),
    signature: blob.subarray(ID_BYTES),
  };
};

/** Control characters, and halves of characters that no UTF-8 has. */
const NO_NOTE = /[^\n\P{Cc}]|\p{Cs}/u;

const splitNote = (note: string): { text: string; lines: string[] } => {
  if (note.length > NOTE_BYTES_MAX || NO_NOTE.test(note)) refuse('note-form', 'not a note');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) refuse('note-form', 'the note has no signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) refuse('note-form', 'too many signatures');
  return { text: note.slice(0, end + 1), lines };
};

/** The text without asking who signed it: for messages to people, never for a decision. */
export const textOfNote = (note: string): string => splitNote(note).text;

/**
 * The text, once at least one known key signed it. Signatures of unknown keys are passed over; a
 * wrong one of a known key refuses the note.
 */
export const openNote = (note: string, verifiers: readonly Verifier[]): OpenedNote => {
  const { text, lines } = splitNote(note);
  const signedBy: Verifier[] = [];
  for (const { name, id, signature } of lines.map(signatureLine)) {
    const verifier = verifiers.find((one) => one.name === name && one.id === id);
    if (!verifier || signedBy.includes(verifier)) continue;
    const good =
      signature.length === SIGNATURE_BYTES &&
      crypto.verify(null, Buffer.from(text, 'utf8'), verifier.publicKey, signature);
    if (!good) refuse('signature-wrong', `the signature of ${name} does not fit the note`);
    signedBy.push(verifier);
  }
  if (signedBy.length === 0) refuse('signer-unknown', 'no known key signed the note');
  return { text, signedBy };
};
