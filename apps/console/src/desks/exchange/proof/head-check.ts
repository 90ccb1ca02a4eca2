import {
  type Checkpoint,
  checkpointOf,
  type NoteState,
  stateOfNote,
  type VerifierKey,
  verifierKeyOf,
} from './note.ts';
import { bad, ok, open, type ProofStep, type Tell } from './step.ts';

const stepOf = (state: NoteState, head: Checkpoint, keys: string): ProofStep => {
  const values = { size: head.size, keys };
  switch (state) {
    case 'signed':
      return ok('step.signed', values, head.root);
    case 'cannot':
      return open('step.signedNot', values, 'advice.browser');
    case 'unknown-key':
      return bad('step.signedOther', values, 'advice.key');
    case 'wrong':
      return bad('step.signedWrong', values, 'advice.altered');
    case 'form':
      return bad('step.noHead', {}, 'advice.paste');
  }
};

/** Reads the keys that are keys. */
export const keysOf = async (texts: readonly string[]): Promise<VerifierKey[]> => {
  const keys = await Promise.all([...new Set(texts)].map(verifierKeyOf));
  return keys.filter((key) => key !== null);
};

/** The head that a note is of, once nothing speaks against its signature; else null, and said. */
export const checkHead = async (
  note: string,
  keyTexts: readonly string[],
  tell: Tell,
): Promise<Checkpoint | null> => {
  const head = checkpointOf(note);
  if (!head) {
    tell(bad('step.noHead', {}, 'advice.paste'));
    return null;
  }
  const keys = await keysOf(keyTexts);
  const step = stepOf(await stateOfNote(note, keys), head, keys.map((key) => key.id).join(' '));
  tell(step);
  return step.state === 'bad' ? null : head;
};
