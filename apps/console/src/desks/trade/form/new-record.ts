import { newId } from '@jishi/contracts/ids';
import { useState } from 'react';
import { addressWith, replaceAddress, useParameter } from '../../../place.tsx';

/**
 * The id of a record that is being written. It stands in the address from the first save on, so
 * that a reload finds the draft; before that there is nothing to find.
 */
export const useNewRecord = () => {
  const [kept] = useParameter('id');
  const [keptAtFirst] = useState(kept);
  const [id] = useState(() => kept ?? newId());
  return {
    id,
    wasKept: keptAtFirst !== null,
    keep: (): void => {
      if (kept !== id) replaceAddress(addressWith('id', id));
    },
  };
};
