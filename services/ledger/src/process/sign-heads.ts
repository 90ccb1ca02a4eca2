import type { SignedHead } from '@jishi/contracts/ledger/proofs';
import type { Log } from '@jishi/runtime/log';
import type pg from 'pg';
import type { Queryable } from '../store/heads/entries.ts';
import { readLatestHead } from '../store/heads/signed-heads.ts';
import { openTree } from './grow-tree.ts';
import { createPatrol } from './patrol-log.ts';
import {
  type HeadSigning,
  openSigning,
  type Signing,
  type SigningStopped,
  signOnce,
  stoppedBy,
} from './sign-head.ts';

export interface SignerState {
  readonly status: 'off' | 'running' | 'stopped';
  /** Why it is off or has stopped, or what went wrong last; null when all is well. */
  readonly note: { readonly zh: string; readonly en: string } | null;
}

export interface HeadSigner {
  readonly state: () => SignerState;
  /** The latest signed head once it covers that event; null when it cannot be signed. */
  readonly headCovering: (seq: number) => Promise<SignedHead | null>;
  readonly stop: () => Promise<void>;
}

const PACE_MS = 10_000;

const OFF: SignerState = {
  status: 'off',
  note: {
    zh: '账本头未签名:没有签名密钥(LOG_HEAD_KEY)',
    en: 'Heads of the log are not signed: there is no key (LOG_HEAD_KEY)',
  },
};

/** For a service without a key: proofs of heads signed before are still told. */
export const noHeadSigner = (pool: Queryable): HeadSigner => ({
  state: () => OFF,
  headCovering: async (seq) => {
    const latest = await readLatestHead(pool);
    return latest && latest.size >= seq ? latest : null;
  },
  stop: async () => {},
});

/**
 * Signs a head at a steady pace while the log grows, and at once when one is asked for. It stops
 * for good, and says why, as soon as the stored log contradicts what was signed.
 */
export const startHeadSigner = async (
  pool: pg.Pool,
  options: HeadSigning,
  log: Log,
): Promise<HeadSigner> => {
  const opened = await openSigning(pool, options);
  const patrol = createPatrol(pool);
  const paceMs = options.paceMs ?? PACE_MS;
  let signing: Signing | undefined;
  let stopped: SigningStopped | null = null;
  let lastError: string | null = null;
  let closed = false;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const fail = (error: unknown): void => {
    stopped = stoppedBy(error);
    lastError = error instanceof Error ? error.message : String(error);
    log.error({ step: 'sign-heads', stopped: stopped !== null, error: lastError });
  };

  const round = async (): Promise<void> => {
    if (stopped || closed) return;
    try {
      if (!signing) {
        const latest = await readLatestHead(pool);
        signing = { ...opened, tree: await openTree(pool, latest?.size ?? 0) };
      }
      await signOnce(signing);
      lastError = null;
    } catch (error) {
      // The tree may have taken in half of a batch: the next round begins from what is stored.
      signing = undefined;
      fail(error);
    }
  };
  /** A caller during a round shares the next one: what they ask for may be newer than this one. */
  const sign = (): Promise<void> => {
    if (!running) {
      running = round().finally(() => {
        running = undefined;
      });
      return running;
    }
    next ??= running.then(() => {
      next = undefined;
      return sign();
    });
    return next;
  };
  /** Old events are read again at the pace of the heads; a fault there stops signing, too. */
  const look = async (): Promise<void> => {
    if (stopped || closed) return;
    try {
      await patrol.next();
    } catch (error) {
      fail(error);
    }
  };
  const keepPace = async (): Promise<void> => {
    await sign();
    await look();
    if (closed) return;
    timer = setTimeout(() => {
      pacing = keepPace();
    }, paceMs).unref();
  };
  let pacing = keepPace();

  const failing = (): SignerState['note'] =>
    lastError === null
      ? null
      : { zh: `签名重试中(${lastError})`, en: `Signing is retried (${lastError})` };
  return {
    state: () =>
      stopped ? { status: 'stopped', note: stopped.note } : { status: 'running', note: failing() },
    headCovering: async (seq) => {
      const latest = await readLatestHead(pool);
      if (latest && latest.size >= seq) return latest;
      await sign();
      const signed = await readLatestHead(pool);
      return signed && signed.size >= seq ? signed : null;
    },
    stop: async () => {
      closed = true;
      clearTimeout(timer);
      await next;
      await running;
      await pacing;
    },
  };
};
