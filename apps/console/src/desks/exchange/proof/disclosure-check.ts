import { Envelope } from '@jishi/contracts/ledger/envelope';
import { Disclosure } from '@jishi/contracts/ledger/proofs';
import { commitmentOf, leafOf } from '../../../kit/hashing.ts';
import { checkHead } from './head-check.ts';
import type { Checkpoint } from './note.ts';
import { bad, ok, open, type ProofStep, type Tell } from './step.ts';
import { isIncluded } from './tree.ts';

type Item = Disclosure['events'][number];

/** An event of the contract that the signed head covers. */
export interface ProvenEvent {
  readonly envelope: Envelope;
  /** The private facts, where they were disclosed. */
  readonly facts: Readonly<Record<string, unknown>> | null;
}

export interface Proven {
  readonly contractId: string;
  readonly head: Checkpoint;
  readonly events: readonly ProvenEvent[];
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const factsOf = (body: string | null): ProvenEvent['facts'] => {
  const whole = body === null ? null : parsed(body);
  if (typeof whole !== 'object' || whole === null || !('facts' in whole)) return null;
  const { facts } = whole;
  return typeof facts === 'object' && facts !== null ? { ...facts } : null;
};

/**
 * Whether the private part shown is the one that the event commits to; null when none is shown.
 * One without its salt, or where nothing was committed to, is none that the event has.
 */
const isPrivateRight = async (item: Item, commit: string | null): Promise<boolean | null> => {
  if (item.private === null) return null;
  if (item.salt === null || commit === null) return false;
  return (await commitmentOf(item.salt, item.private)) === commit;
};

const checkItem = async (
  item: Item,
  contractId: string,
  head: Checkpoint,
): Promise<{ step: ProofStep; proven: ProvenEvent | null }> => {
  const read = Envelope.safeParse(parsed(item.envelope));
  const { seq, path } = item;
  const values = { seq, n: path.length, type: read.data?.type ?? '?' };
  const fail = (step: ProofStep) => ({ step, proven: null });
  const leaf = await leafOf(item.envelope);
  const place = { index: seq - 1, size: head.size, root: head.root };
  if (!(await isIncluded({ ...place, leaf, path }))) {
    return fail(bad('step.itemPath', values, 'advice.file', leaf));
  }
  if (!read.success || read.data.seq !== seq || read.data.stream !== `contract-${contractId}`) {
    return fail(bad('step.itemOther', values, 'advice.file'));
  }
  const isRight = await isPrivateRight(item, read.data.commit);
  if (isRight === false) return fail(bad('step.itemPrivate', values, 'advice.file'));
  const proven = { envelope: read.data, facts: factsOf(item.private) };
  return { step: ok(isRight ? 'step.itemWhole' : 'step.itemPublic', values, leaf), proven };
};

/** Versions of one record begin at 1 and leave none out: nothing was dropped in between. */
const versionsStep = (events: readonly ProvenEvent[]): ProofStep => {
  const missing = events.findIndex(({ envelope }, i) => envelope.version !== i + 1);
  const values = { n: events.length, version: missing + 1 };
  if (missing >= 0 || events.length === 0) return bad('step.versionsGap', values, 'advice.file');
  return ok('step.versions', values);
};

/**
 * A contract's file: `published` are the keys that this log says are its own; null when they could
 * not be asked for. The contract's facts only when every line holds.
 */
export const checkDisclosure = async (
  text: string,
  published: readonly string[] | null,
  tell: Tell,
): Promise<Proven | null> => {
  const file = Disclosure.safeParse(parsed(text));
  if (!file.success) {
    tell(bad('step.fileForm', {}, 'advice.fileForm'));
    return null;
  }
  const { note, verifierKey, contractId, events: items, origin } = file.data;
  const key = { key: verifierKey.split('+').slice(0, 2).join('+') };
  const isOurs = published?.includes(verifierKey) ?? false;
  tell(isOurs ? ok('step.keyOurs', key) : open('step.keyOther', key, 'advice.keyOther'));
  const head = await checkHead(note, [verifierKey], tell);
  if (!head) return null;
  if (head.origin !== origin) {
    tell(bad('step.fileOrigin', { origin }, 'advice.file'));
    return null;
  }
  const events: ProvenEvent[] = [];
  for (const item of items) {
    const { step, proven } = await checkItem(item, contractId, head);
    tell(step);
    if (proven) events.push(proven);
  }
  if (events.length < items.length) return null;
  const whole = versionsStep(events);
  tell(whole);
  return whole.state === 'ok' ? { contractId, head, events } : null;
};
