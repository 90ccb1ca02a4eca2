import { type Refusal, refuseField } from '@jishi/contracts/problem';

/** Something was asked of a sequence that the log has not come to: `as-of-beyond-head`. */
export const beyondHead = (field: string, asked: number, head: number): Refusal =>
  refuseField(
    'as-of-beyond-head',
    field,
    'beyond-head',
    `账本目前到 ${head} 为止,所问为 ${asked}`,
    `The log ends at ${head} now; ${asked} was asked for`,
  );

/** Two sequences are the wrong way round: `invalid-input`. */
export const outOfOrder = (field: string, asked: number, other: string, limit: number): Refusal =>
  refuseField(
    'invalid-input',
    field,
    'order',
    `${asked} 大于 ${other} 的 ${limit}`,
    `${asked} is more than ${other}, which is ${limit}`,
  );
