import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { describe, expect, it } from 'vitest';
import { contractValueOfYear, type RegisteredFact, stand } from './recompute.ts';

describe('the own sum of the gauge', () => {
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
