import { parseCheckpoint } from '../checkpoint.ts';
import { leafHash } from '../hash.ts';
import { openNote, type Verifier } from '../note.ts';
import { verifyInclusion } from '../tree.ts';
import { checkPrivate } from './event-check.ts';
import type { Findings } from './findings.ts';
import { seqIn } from './line.ts';
import { repairByte } from './repair.ts';

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

/** Checks one contract. The text is Latin-1, so that every byte of it is one sign. */
export const checkDisclosure = (
  latin1: string,
  verifiers: readonly Verifier[],
  findings: Findings,
): DisclosureResult => {
  const file = JSON.parse(latin1) as DisclosureFile;
  if (file.format !== DISCLOSURE_FORMAT || !Array.isArray(file.events)) {
    throw new SyntaxError('not a disclosure');
  }
  const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
  const head = parseCheckpoint(openNote(utf8(file.note), verifiers).text);
  if (head.origin !== utf8(file.origin)) findings.add({ kind: 'origin-differs', seq: null });

  const places = file.events.map((event: DisclosedEvent) => {
    const { seq } = event;
    const path = event.path.map((hash) => Buffer.from(hash, 'hex'));
    const claim = { index: seq - 1, size: head.size, path, root: head.root };
    const proves = (envelope: Buffer): boolean =>
      verifyInclusion({ ...claim, leaf: leafHash(envelope) });
    let envelope: Buffer = Buffer.from(event.envelope, 'latin1');
    if (!proves(envelope)) {
      const repair = repairByte(envelope, proves);
      if (repair) {
        const { byte, is, was } = repair;
        findings.add({ kind: 'byte-altered', seq, part: 'envelope', byte, is, was });
        envelope = repair.repaired;
      } else {
        findings.add({ kind: 'event-unproven', seq });
      }
    }
    if (seqIn(envelope) !== seq) findings.add({ kind: 'seq-differs', seq });
    const salt = event.salt === null ? null : Buffer.from(event.salt, 'hex');
    const body = event.private === null ? null : Buffer.from(event.private, 'latin1');
    checkPrivate(seq, envelope, { salt, private: body }, findings);
    return placeIn(envelope);
  });
  requireWhole(file, places, findings);
  return { events: file.events.length, head: head.size };
};
