import type { SignedHead } from '@jishi/contracts/ledger/proofs';
import { isAway } from '@jishi/runtime/away';
import type { Log } from '@jishi/runtime/log';
import type pg from 'pg';
import type { Queryable } from '../store/heads/entries.ts';
import { type HeadReader, readHeads } from '../store/heads/signed-heads.ts';
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
  /** The heads whose signature opens. */
  readonly heads: HeadReader;
  readonly stop: () => Promise<void>;
}

const PACE_MS = 10_000;
/** Anybody may ask for a head: without a floor they could have one signed for every event. */
const ASKED_PACE_MS = 1_000;

const OFF: SignerState = {
  status: 'off',
  note: {
    zh: '账本头未签名:没有签名密钥(LOG_HEAD_KEY)',
    en: 'Heads of the log are not signed: there is no key (LOG_HEAD_KEY)',
  },
};

/** For a service without a key: proofs of heads signed before are still told. */
export const noHeadSigner = (pool: Queryable): HeadSigner => {
  const heads = readHeads(pool, null);
  return {
    heads,
    state: () => OFF,
    headCovering: async (seq) => {
      const latest = await heads.latest();
      return latest && latest.size >= seq ? latest : null;
    },
    stop: async () => {},
  };
};

const HEADS_LOST: SignerState['note'] = {
  zh: '库外保存的账本头文件为空或已丢失;账本头自此重新写入该文件',
  en:
    'The file of heads outside the database is empty or was lost; ' +
    'heads are written to it again from now on',
};

type Trouble = 'away' | 'fault';
/** Health is public: what went wrong is told in these words, its text only in the log. */
const RETRIED: Readonly<Record<Trouble, SignerState['note']>> = {
  away: { zh: '签名重试中(数据库暂不可用)', en: 'Signing is retried (the database is away)' },
  fault: { zh: '签名重试中(故障见日志)', en: 'Signing is retried (a fault; the log tells more)' },
};

const waitMs = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
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
  const heads = readHeads(pool, opened.signer.verifier);
  const patrol = createPatrol(pool);
  const paceMs = options.paceMs ?? PACE_MS;
  let signing: Signing | undefined;
  let stopped: SigningStopped | null = null;
  let trouble: Trouble | null = null;
  let headsLost = false;
  let floor: Promise<void> = Promise.resolve();
  let asked: Promise<void> | undefined;
  let closed = false;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const fail = (error: unknown): void => {
    stopped = stoppedBy(error);
    trouble = isAway(error) ? 'away' : 'fault';
    const text = error instanceof Error ? error.message : String(error);
    log.error({ step: 'sign-heads', stopped: stopped !== null, error: text });
  };

  const round = async (): Promise<void> => {
    if (stopped || closed) return;
    try {
      if (!signing) {
        const latest = await heads.latest();
        const tree = await openTree(pool, latest?.size ?? 0);
        const onHeadsLost = (): void => {
          headsLost = true;
        };
        signing = { ...opened, tree, onHeadsLost };
      }
      await signOnce(signing);
      trouble = null;
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

  /** Callers within the floor wait for one round together. */
  const signAsked = (): Promise<void> => {
    asked ??= floor.then(() => {
      asked = undefined;
      floor = waitMs(options.askedPaceMs ?? ASKED_PACE_MS);
      return sign();
    });
    return asked;
  };

  const noteNow = (): SignerState['note'] =>
    trouble ? RETRIED[trouble] : headsLost ? HEADS_LOST : null;
  return {
    heads,
    state: () =>
      stopped ? { status: 'stopped', note: stopped.note } : { status: 'running', note: noteNow() },
    headCovering: async (seq) => {
      const latest = await heads.latest();
      if (latest && latest.size >= seq) return latest;
      await signAsked();
      const signed = await heads.latest();
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
