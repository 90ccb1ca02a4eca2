import type { RegisteredRow } from '@jishi/contracts/ledger/registry';

type Listed = Pick<RegisteredRow, 'side' | 'standing'>;

export const splitBySide = <Row extends Listed>(rows: readonly Row[]) => ({
  below: rows.filter((row) => row.side === 'below'),
  over: rows.filter((row) => row.side === 'at-or-over'),
});

/**
 * Why these contracts make no list: one list holds only registered contracts and never both sides
 * of the amount. The ledger judges again; this says it before the button is pressed.
 */
export const cannotList = (rows: readonly Listed[]): 'none' | 'not-registered' | 'mixed' | null => {
  if (rows.length === 0) return 'none';
  if (rows.some((row) => row.standing === 'deregistered' || row.standing === 'revoked')) {
    return 'not-registered';
  }
  const { below, over } = splitBySide(rows);
  return below.length > 0 && over.length > 0 ? 'mixed' : null;
};
