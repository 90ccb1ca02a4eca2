import { bytesOf, hexOf, joined, sha256, unhex } from '../../../kit/hashing.ts';

/** Signed notes (C2SP signed-note) as a reader's browser checks them: by its own Ed25519. */

export interface VerifierKey {
  readonly name: string;
  /** The first four bytes of the key's hash, in hex. */
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** `cannot`: this browser has no Ed25519, so it says nothing about the signature. */
export type NoteState = 'signed' | 'form' | 'unknown-key' | 'wrong' | 'cannot';

const ED25519 = 1;
const KEY_BYTES = 32;
const ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const NAME = /^[^\s+\p{Cc}]+$/u;
const LINE = /^— (\S+) (\S+)$/u;
const NOTE_LENGTH_MAX = 1_000_000;
const SIGNATURES_MAX = 100;

/** Padded base64 in the one form that encodes these bytes. */
export const base64Bytes = (text: string): Uint8Array<ArrayBuffer> | null => {
  try {
    const binary = atob(text);
    if (btoa(binary) !== text) return null;
    return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
};

/** Reads `name+id+base64`; null unless the id is the one that name and key give. */
export const verifierKeyOf = async (text: string): Promise<VerifierKey | null> => {
  // Base64 has plus signs of its own: the first two part the fields.
  const [name = '', id = '', ...rest] = text.split('+');
  const typed = base64Bytes(rest.join('+'));
  if (!NAME.test(name) || typed?.length !== KEY_BYTES + 1 || typed[0] !== ED25519) return null;
  const hash = await sha256(joined(bytesOf(`${name}\n`), typed));
  return hash.slice(0, ID_BYTES * 2) === id ? { name, id, bytes: typed.slice(1) } : null;
};

/** Text and lines of signatures; null when it is no note. The text ends with a line break. */
export const partsOfNote = (note: string): { text: string; lines: string[] } | null => {
  const end = note.lastIndexOf('\n\n');
  const hasControls = /[^\P{Cc}\n]/u.test(note);
  if (note.length > NOTE_LENGTH_MAX || hasControls || end < 0 || !note.endsWith('\n')) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > SIGNATURES_MAX || !lines.every((line) => LINE.test(line))) return null;
  return { text: note.slice(0, end + 1), lines };
};

const isSignature = async (
  key: VerifierKey,
  signature: Uint8Array<ArrayBuffer>,
  text: string,
): Promise<boolean | null> => {
  if (signature.length !== SIGNATURE_BYTES) return false;
  try {
    const imported = await crypto.subtle.importKey('raw', key.bytes, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, bytesOf(text));
  } catch (error) {
    // NotSupportedError where the algorithm is missing; a key that is no point is a DataError.
    return error instanceof DOMException && error.name === 'DataError' ? false : null;
  }
};

/**
 * Whether one of the keys signed the note. Signatures of unknown keys are passed over; a wrong one
 * of a known key refuses the note, whoever else signed it.
 */
export const stateOfNote = async (
  note: string,
  keys: readonly VerifierKey[],
): Promise<NoteState> => {
  const parts = partsOfNote(note);
  if (!parts) return 'form';
  let signed = false;
  for (const line of parts.lines) {
    const [, name, encoded = ''] = LINE.exec(line) ?? [];
    const blob = base64Bytes(encoded);
    if (!blob || blob.length <= ID_BYTES) return 'form';
    const id = hexOf(blob.subarray(0, ID_BYTES));
    const key = keys.find((one) => one.name === name && one.id === id);
    if (!key) continue;
    const good = await isSignature(key, blob.slice(ID_BYTES), parts.text);
    if (good !== true) return good === null ? 'cannot' : 'wrong';
    signed = true;
  }
  return signed ? 'signed' : 'unknown-key';
};

/** What a note says of the log: a head (C2SP checkpoint with kind and time). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly kind: 'real' | 'synthetic';
  readonly recordedAt: string;
}

const CHECKPOINT =
  /^([^\n]+)\n([1-9]\d{0,15})\n([^\n]{44})\nkind (real|synthetic)\nrecorded ([^\n]+)\n$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,6}Z$/;

/** The one canonical form, or null; the signature is another question. */
export const checkpointOf = (note: string): Checkpoint | null => {
  const text = partsOfNote(note)?.text ?? '';
  const [, origin = '', size = '', base64 = '', kind, recordedAt = ''] =
    CHECKPOINT.exec(text) ?? [];
  const root = base64Bytes(base64);
  if (root?.length !== KEY_BYTES || !INSTANT.test(recordedAt)) return null;
  if (!Number.isSafeInteger(Number(size))) return null;
  const said = kind === 'real' ? 'real' : 'synthetic';
  return { origin, size: Number(size), root: hexOf(root), kind: said, recordedAt };
};

/** RFC 8032, test 1: a browser that cannot verify this one cannot verify ours. */
const KNOWN = {
  key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  signature:
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
};

export const hasEd25519 = async (): Promise<boolean> =>
  (await isSignature({ name: '', id: '', bytes: unhex(KNOWN.key) }, unhex(KNOWN.signature), '')) ===
  true;
