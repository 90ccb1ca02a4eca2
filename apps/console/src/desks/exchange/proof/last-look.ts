import { type Growth, growthOf, type ReadPath } from './growth-check.ts';
import { type Checkpoint, checkpointOf } from './note.ts';

/** The newest head that this browser has seen: a public note and its key, nothing of a person. */
export interface Seen {
  readonly note: string;
  readonly verifierKey: string;
  readonly seenAt: string;
}

export interface Since {
  /** `first`: there is nothing to compare with yet. */
  readonly growth: Growth | 'first';
  readonly older: Checkpoint | null;
  readonly seenAt: string | null;
  /** Signed with another key than last time: may be right, and has to be said. */
  readonly isKeyNew: boolean;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const PLACE = 'jishi.log-head';
const isText = (value: unknown): value is string => typeof value === 'string';

/** A browser may refuse its store (private windows do); then every look is the first one. */
const orNull = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

export const readSeen = (store: Store): Seen | null =>
  orNull(() => {
    const { note, verifierKey, seenAt } = JSON.parse(store.getItem(PLACE) ?? '{}');
    return isText(note) && isText(verifierKey) && isText(seenAt) && checkpointOf(note)
      ? { note, verifierKey, seenAt }
      : null;
  });

export const keepSeen = (store: Store, seen: Seen): void => {
  orNull(() => store.setItem(PLACE, JSON.stringify(seen)));
};

export const forgetSeen = (store: Store): void => {
  orNull(() => store.removeItem(PLACE));
};

/** What became of the log since this browser last looked. */
export const sinceLastLook = async (
  seen: Seen | null,
  latest: { readonly head: Checkpoint; readonly verifierKey: string },
  readPath: ReadPath,
): Promise<Since> => {
  const older = seen ? checkpointOf(seen.note) : null;
  if (!seen || !older) return { growth: 'first', older: null, seenAt: null, isKeyNew: false };
  const growth = await growthOf(older, latest.head, readPath);
  const isKeyNew = seen.verifierKey !== latest.verifierKey;
  return { growth, older, seenAt: seen.seenAt, isKeyNew };
};

/** What contradicts the last look must not take its place. */
export const isAlarm = ({ growth }: Since): boolean =>
  growth === 'shorter' || growth === 'another-log' || growth === 'rewritten';
