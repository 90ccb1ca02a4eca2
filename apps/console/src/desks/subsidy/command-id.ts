import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';

/** One id per intention: a second press has one effect. `renew` after it was done. */
export const useCommandId = (): { readonly commandId: string; readonly renew: () => void } => {
  const [commandId, setCommandId] = useState(() => uuidv7());
  return { commandId, renew: () => setCommandId(uuidv7()) };
};
