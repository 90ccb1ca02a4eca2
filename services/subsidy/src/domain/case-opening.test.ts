import { newId } from '@jishi/contracts/ids';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../store/policy-files.ts';
import { openCases } from './case-opening.ts';

const { policy } = await readPolicy('suzhou-transfer');
const contractId = newId();
const roles = [
  { role: 'seller' as const, partyId: newId() },
  { role: 'buyer' as const, partyId: newId() },
  { role: 'broker' as const, partyId: newId() },
];
const receipt = (verifiedOn: string) => ({
  receiptId: newId(),
  contractId,
  verifiedOn,
  roles,
});
const open = (
  receipts: ReturnType<typeof receipt>[],
  known: Parameters<typeof openCases>[1] = [],
) => openCases(policy, known, receipts, newId);

describe('a verified receipt', () => {
  test('opens one case for each of seller, buyer and broker', () => {
    const { opened, lines } = open([receipt('2026-06-30')]);
    expect(opened.map((known) => known.key.role)).toStrictEqual(['seller', 'buyer', 'broker']);
    expect(lines.map((line) => line.caseId)).toStrictEqual(opened.map((known) => known.caseId));
  });

  test('joins the case of its role that is still open', () => {
    const first = open([receipt('2026-06-30')]);
    const second = open([receipt('2026-12-31')], first.opened);
    expect(second.opened).toStrictEqual([]);
    expect(second.lines.map((line) => line.caseId)).toStrictEqual(
      first.opened.map((known) => known.caseId),
    );
  });

  test('of the next calendar year opens cases of that year', () => {
    const first = open([receipt('2026-12-31')]);
    const second = open([receipt('2027-01-01')], first.opened);
    expect(second.opened.map((known) => known.key.year)).toStrictEqual([2027, 2027, 2027]);
  });

  test('of before the scheme is not put together with one of its first day', () => {
    const { opened } = open([receipt('2022-12-19'), receipt('2022-12-20')]);
    expect(opened.map((known) => known.key.spanFrom)).toStrictEqual([
      ...[null, null, null],
      ...['2022-12-20', '2022-12-20', '2022-12-20'],
    ]);
  });
});
