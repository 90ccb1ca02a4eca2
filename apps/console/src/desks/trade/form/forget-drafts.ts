import { useEffect } from 'react';
import { queries } from '../../../api/queries.ts';

/**
 * The form holds what is true while it is open and saves around the cache. When it closes, what was
 * read before is forgotten, so that nobody begins again from an older version.
 */
export const useFreshAfter = (kind: 'listing' | 'need'): void => {
  useEffect(
    () => () => {
      const draft = kind === 'listing' ? '/listings/{listingId}/draft' : '/needs/{needId}/draft';
      const desk = kind === 'listing' ? '/desk/listings' : '/desk/needs';
      queries.removeQueries({ queryKey: ['market', draft] });
      queries.removeQueries({ queryKey: ['market', desk] });
    },
    [kind],
  );
};
