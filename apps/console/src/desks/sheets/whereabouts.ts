import type { ImportView } from '@jishi/contracts/market/import';

/** The page of an import. */
export const placeOf = ({ importId }: Pick<ImportView, 'importId'>): string =>
  `/desk/import/${importId}`;

/** Whether the reader is still there; who has gone elsewhere is not called back. */
export const isAt = (view: Pick<ImportView, 'importId'>): boolean =>
  window.location.pathname.replace(/\/$/, '') === placeOf(view);
