import { countListingView, countNeedView } from '@jishi/contracts/market/reach';
import { useEffect } from 'react';
import { call } from '../../../api/call.ts';

/** Says once that a published record was looked at; whether it counts is the market's to judge. */
export const useCountedView = (kind: 'listing' | 'need', id: string, published: boolean): void => {
  useEffect(() => {
    if (!published) return;
    const told =
      kind === 'listing'
        ? call(countListingView, { params: { listingId: id } })
        : call(countNeedView, { params: { needId: id } });
    // Nothing on the page depends on it.
    told.catch(() => undefined);
  }, [kind, id, published]);
};
