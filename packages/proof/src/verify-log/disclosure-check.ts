import { type Checkpoint, parseCheckpoint } from '../checkpoint.ts';
import { leafHash } from '../hash.ts';
import { openNote, type Verifier } from '../note.ts';
import { verifyInclusion } from '../tree.ts';
import { checkPrivate } from './event-check.ts';
import type { Findings } from './findings.ts';
import { seqIn } from './line.ts';
import { createRepair, type RepairByte } from './repair.ts';
import { bytesOf, damagedBytesOf, hashOf, textOf } from './text.ts';

export const DISCLOSURE_FORMAT = 'jishi-disclosure/1';

interface DisclosedEvent {
  readonly seq: number;
  readonly envelope: string;
  readonly salt: string | null;
  readonly private: string | null;
  readonly path: readonly string[];
}

interface DisclosureFile {
  readonly format: string;
  readonly origin: string;
  readonly note: string;
  readonly contractId: string;
  readonly events: readonly DisclosedEvent[];
}

export interface DisclosureResult {
  readonly events: number;
  readonly head: number | null;
}

type BytesOf = (text: string) => Buffer;

interface Place {
  readonly stream: string;
  readonly version: number;
}

const placeIn = (envelope: Buffer): Place | null => {
  try {
    return JSON.parse(envelope.toString('utf8')) as Place;
  } catch {
    return null;
  }
};

/** The events of a contract are its versions 1, 2, 3 …: one that was left out is missed. */
const requireWhole = (file: DisclosureFile, places: (Place | null)[], findings: Findings): void => {
  let expected = 1;
  places.forEach((place, i) => {
    const seq = file.events[i]?.seq ?? null;
    if (!place) return;
    if (place.stream !== `contract-${file.contractId}`) {
      findings.add({ kind: 'origin-differs', seq });
    } else if (place.version > expected) {
      findings.add({ kind: 'event-missing', seq });
    } else if (place.version < expected) {
      findings.add({ kind: 'event-doubled', seq });
    }
    expected = place.version + 1;
  });
};

const NOTHING = Buffer.alloc(0);
/** What a step of a path costs to follow, in bytes hashed. */
const STEP_COST = 320;

interface ItemDeps {
  readonly head: Checkpoint;
  readonly bytes: BytesOf;
  readonly findings: Findings;
  readonly repairByte: RepairByte;
}

/** The envelope as it is under the head, or as it was given where that cannot be told. */
const provenEnvelope = (event: DisclosedEvent, deps: ItemDeps): Buffer => {
  const { head, findings, repairByte } = deps;
  const { seq } = event;
  const envelope = deps.bytes(event.envelope);
  const path = event.path.map(hashOf);
  if (!path.every((hash) => hash !== null)) {
    findings.add({ kind: 'event-unproven', seq });
    return envelope;
  }
  const claim = { index: seq - 1, size: head.size, path, root: head.root };
  const proves = (candidate: Buffer): boolean =>
    verifyInclusion({ ...claim, leaf: leafHash(candidate) });
  if (proves(envelope)) return envelope;
  const repair = repairByte(envelope, envelope.length + path.length * STEP_COST, proves);
  if (!repair) {
    findings.add({ kind: 'event-unproven', seq });
    return envelope;
  }
  const { byte, is, was } = repair;
  findings.add({ kind: 'byte-altered', seq, part: 'envelope', byte, is, was });
  return repair.repaired;
};

const checkItem = (event: DisclosedEvent, deps: ItemDeps): Place | null => {
  const { bytes, findings, repairByte } = deps;
  const { seq } = event;
  const envelope = provenEnvelope(event, deps);
  if (seqIn(envelope) !== seq) findings.add({ kind: 'seq-differs', seq });
  const salt = event.salt === null ? null : (hashOf(event.salt) ?? NOTHING);
  const body = event.private === null ? null : bytes(event.private);
  checkPrivate(seq, envelope, { salt, private: body }, findings, repairByte);
  return placeIn(envelope);
};

const strictBytesOf: BytesOf = (text) => {
  const bytes = bytesOf(text);
  if (!bytes) throw new SyntaxError('half a sign');
  return bytes;
};

/**
 * Checks one contract. A file that is no UTF-8 is read byte for byte, to find the damage in it: it
 * is never sound.
 */
export const checkDisclosure = (
  whole: Buffer,
  verifiers: readonly Verifier[],
  findings: Findings,
): DisclosureResult => {
  const text = textOf(whole);
  const bytes = text === null ? damagedBytesOf : strictBytesOf;
  const file = JSON.parse(text ?? whole.toString('latin1')) as DisclosureFile;
  if (file.format !== DISCLOSURE_FORMAT || !Array.isArray(file.events)) {
    throw new SyntaxError('not a disclosure');
  }
  const utf8 = (part: string): string => bytes(part).toString('utf8');
  const head = parseCheckpoint(openNote(utf8(file.note), verifiers).text);
  if (head.origin !== utf8(file.origin)) findings.add({ kind: 'origin-differs', seq: null });

  const deps = { head, bytes, findings, repairByte: createRepair() };
  const places = file.events.map((event: DisclosedEvent) => checkItem(event, deps));
  requireWhole(file, places, findings);
  if (text === null && findings.all().length === 0) {
    findings.add({ kind: 'proof-unreadable', seq: null });
  }
  return { events: file.events.length, head: head.size };
};
