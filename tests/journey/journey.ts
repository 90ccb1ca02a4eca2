import type { Journey } from './context.ts';
import type { Decided, Moved, Paid } from './results.ts';
import { type RunState, saveRun } from './run-state.ts';
import { arriveAtLedger, receiveMoney, recompute, registerContract } from './steps-ledger.ts';
import { agree, listResult, postNeed, sign, signUpAll } from './steps-market.ts';
import { findResult } from './steps-match.ts';
import { decideAll, payOnce } from './steps-subsidy.ts';
import { tellDecisions, tellMoved, tellPaid } from './tell.ts';

/** The one line at the end: everything that a reader may want to check. */
export interface JourneyResult {
  readonly run: string;
  readonly registrationNumber: string;
  readonly seq: number;
  readonly index: Moved['index'];
  readonly gaugeFen: Moved['gaugeFen'];
  readonly decisions: readonly Decided[];
  readonly payment: Paid;
}

export interface Telling {
  readonly step: (name: string, outcome: string, ms: number, wasDone: boolean) => void;
  readonly folder: string;
}

/** Runs the steps that are not done yet; each is saved as soon as it is. */
export const travel = async (
  journey: Journey,
  state: RunState,
  telling: Telling,
): Promise<JourneyResult> => {
  const step = async <T>(
    name: string,
    work: () => Promise<T>,
    tell: (result: T) => string = String,
  ): Promise<T> => {
    const startedMs = performance.now();
    const wasDone = name in state.done;
    const result = wasDone ? (state.done[name] as T) : await work();
    if (!wasDone) {
      state.done[name] = result;
      await saveRun(telling.folder, state);
    }
    telling.step(name, tell(result), performance.now() - startedMs, wasDone);
    return result;
  };
  await step('注册三家单位 sign up', () => signUpAll(journey));
  await step('大学挂出成果 list', () => listResult(journey));
  await step('企业发布需求 need', () => postNeed(journey));
  await step('匹配并说明理由 match', () => findResult(journey));
  await step('洽谈成交 negotiate', () => agree(journey));
  await step('双方签署合同 sign', () => sign(journey));
  await step('送达账本 deliver', () => arriveAtLedger(journey));
  const registrationNumber = await step('认定登记 register', () => registerContract(journey));
  const moved = await step('指数与目标复算 recompute', () => recompute(journey), tellMoved);
  await step('到账核验 receive', () => receiveMoney(journey));
  const decisions = await step('奖补核定 decide', () => decideAll(journey), tellDecisions);
  const payment = await step('支付一次 pay', () => payOnce(journey, decisions), tellPaid);
  return {
    run: journey.run,
    registrationNumber,
    seq: moved.seq,
    index: moved.index,
    gaugeFen: moved.gaugeFen,
    decisions,
    payment,
  };
};
