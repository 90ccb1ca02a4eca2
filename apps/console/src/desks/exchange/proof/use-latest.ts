import type { SignedHead } from '@jishi/contracts/ledger/proofs';
import { useCallback, useEffect, useState } from 'react';
import { checkHead } from './head-check.ts';
import {
  forgetSeen,
  isAlarm,
  keepSeen,
  readSeen,
  type Seen,
  type Since,
  sinceLastLook,
} from './last-look.ts';
import { headAtLeast, latestHead, readPath } from './log-reader.ts';
import { type Checkpoint, checkpointOf } from './note.ts';
import type { Tell } from './step.ts';
import { type Steps, useSteps } from './use-steps.ts';

export interface Latest {
  readonly signed: SignedHead;
  /** Read from the note, which is what was signed. */
  readonly head: Checkpoint;
}

export interface LatestHead {
  readonly latest: Latest | null;
  readonly since: Since | null;
  readonly seen: Seen | null;
  readonly steps: Steps;
  readonly look: () => void;
  readonly forget: () => void;
}

/** The newest head; one kept by a cache on the way may be older than what was seen already. */
const newest = async (seen: Seen | null): Promise<SignedHead> => {
  const latest = await latestHead();
  const seenSize = seen ? (checkpointOf(seen.note)?.size ?? 0) : 0;
  return latest.size >= seenSize ? latest : ((await headAtLeast(seenSize)) ?? latest);
};

/** The latest signed head, checked by itself, and against the one that this browser saw last. */
export const useLatestHead = (): LatestHead => {
  const steps = useSteps();
  const [latest, setLatest] = useState<Latest | null>(null);
  const [since, setSince] = useState<Since | null>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  const { run } = steps;

  const check = useCallback(async (tell: Tell): Promise<void> => {
    const known = readSeen(localStorage);
    setSeen(known);
    setSince(null);
    const signed = await newest(known);
    const { note, verifierKey } = signed;
    const said = checkpointOf(note);
    setLatest(said ? { signed, head: said } : null);
    const head = await checkHead(note, [verifierKey], tell);
    if (!head) return;
    const found = await sinceLastLook(known, { head, verifierKey }, readPath);
    setSince(found);
    if (isAlarm(found)) return;
    keepSeen(localStorage, { note, verifierKey, seenAt: new Date().toISOString() });
  }, []);

  const look = useCallback(() => void run(check), [run, check]);
  useEffect(look, [look]);
  const forget = (): void => {
    forgetSeen(localStorage);
    look();
  };
  return { latest, since, seen, steps, look, forget };
};
