import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { describe, expect, it } from 'vitest';
import { contractValueOfYear, indexOf, type RegisteredFact, stand } from './recompute.ts';

const fact = (month: string, fen: bigint, over: Partial<RegisteredFact> = {}): RegisteredFact => ({
  seq: 1,
  registeredOn: `${month}-10`,
  month,
  year: Number(month.slice(0, 4)),
  cells: ['city'],
  contractValueFen: fen,
  technologyValueFen: fen,
  counted: true,
  ...over,
});
const months = Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`);
const flatBase = months.map((month) => fact(month, 100n));

describe('the own recomputation', () => {
  it('gives 1000.00 for a month like each month of the base', () => {
    expect(indexOf([...flatBase, fact('2026-01', 100n)], 'city', '2026-01', 2025)).toBe('1000.00');
  });

  it('gives 2000.00 when value and count both double', () => {
    const doubled = [fact('2026-01', 100n), fact('2026-01', 100n)];
    expect(indexOf([...flatBase, ...doubled], 'city', '2026-01', 2025)).toBe('2000.00');
  });

  it('gives 1000 · 2^(6/11) = 1459.48 when only the value doubles', () => {
    expect(indexOf([...flatBase, fact('2026-01', 200n)], 'city', '2026-01', 2025)).toBe('1459.48');
  });

  it('takes the arithmetic mean when a base month is empty', () => {
    const eleven = flatBase.slice(1);
    const twelfth = fact('2025-12', 100n);
    const facts = [...eleven, twelfth, fact('2026-01', 100n)];
    expect(indexOf(facts, 'city', '2026-01', 2025)).toBe('1000.00');
  });

  it('leaves related-party contracts out of the index and in the gauge', () => {
    const related = fact('2026-01', 900n, { counted: false });
    const facts = [...flatBase, fact('2026-01', 100n), related];
    expect(indexOf(facts, 'city', '2026-01', 2025)).toBe('1000.00');
    expect(contractValueOfYear(facts, 2026)).toBe(1000n);
  });

  it('is not defined without trade', () => {
    expect(indexOf(flatBase, 'city', '2026-01', 2025)).toBeNull();
    expect(indexOf([fact('2026-01', 100n)], 'city', '2026-01', 2025)).toBeNull();
  });

  it('keeps an amended contract in its month, and leaves out what was cancelled', () => {
    const event = (seq: number, type: string, contractId: string, more = {}): Envelope => ({
      ...{ seq, type, stream: `contract-${contractId}`, version: seq, schema: 1, commit: null },
      ...{ recordedAt: '2026-04-01T00:00:00.000Z', id: contractId, actor: { kind: 'person' } },
      data: { contractId, sellerDistrict: 'sip', industryCode: 'M', fieldCode: 'energy', ...more },
    });
    const facts = (fen: string): string =>
      JSON.stringify({ facts: { contractValueFen: fen, technologyValueFen: fen } });
    const standing = new Map<string, RegisteredFact>();
    stand(
      standing,
      event(1, 'ContractRegistered', 'a', { registeredOn: '2026-01-10' }),
      facts('5'),
    );
    stand(
      standing,
      event(2, 'ContractRegistered', 'b', { registeredOn: '2026-01-11' }),
      facts('7'),
    );
    stand(standing, event(3, 'ContractAmended', 'a', { amendedOn: '2026-03-01' }), facts('6'));
    stand(standing, event(4, 'ReceiptVerified', 'a'), null);
    expect([...standing.values()].map((f) => [f.month, f.contractValueFen])).toEqual([
      ['2026-01', 6n],
      ['2026-01', 7n],
    ]);
    stand(standing, event(5, 'ContractRevoked', 'b'), null);
    expect(contractValueOfYear([...standing.values()], 2026)).toBe(6n);
  });
});
