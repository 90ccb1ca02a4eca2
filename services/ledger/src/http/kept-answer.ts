import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { conditionalAnswer, NOT_STORED } from '@jishi/runtime/conditional-answer';
import type { Asked } from '@jishi/runtime/service';

/** For life, for a day, for a minute, and what is asked about each time. */
export const KEPT_FOR_LIFE = 'public, max-age=31536000, immutable';
export const KEPT_FOR_A_DAY = 'public, max-age=86400';
export const KEPT_FOR_A_MINUTE = 'public, max-age=60';
export const ASKED_ABOUT_AGAIN = 'public, no-cache';

/**
 * Answers JSON by the endpoint's schema, with a tag of its content; without `cacheControl` it is
 * not stored at all.
 */
export const keptAnswer = <E extends EndpointSpec>(
  spec: E,
  asked: Asked<E>,
  value: unknown,
  cacheControl: string | null,
): Response =>
  conditionalAnswer(
    asked.context,
    JSON.stringify(spec.answer.parse(value)),
    cacheControl ?? NOT_STORED,
  );
