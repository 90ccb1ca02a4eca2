import { useEffect, useReducer } from 'react';
import { ledgerBearer } from '../session/session.ts';
import { followValues } from './follow.ts';
import { NO_VALUES, type ValuesState, withFrame } from './values-state.ts';

/** The running values of the exact view as they move; the public view has no such frames. */
export const useValues = (exact: boolean): ValuesState => {
  const [state, take] = useReducer(withFrame, NO_VALUES);
  useEffect(() => {
    if (!exact) return;
    const controller = new AbortController();
    followValues({
      signal: controller.signal,
      bearer: ledgerBearer,
      onFrame: take,
    }).catch(() => undefined);
    return () => controller.abort();
  }, [exact]);
  return state;
};
