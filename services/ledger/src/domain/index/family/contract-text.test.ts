import type { Envelope } from '@jishi/contracts/ledger/envelope';
import { expect, it } from 'vitest';
import { contractReader } from './contract-text.ts';
import { familyFactOf } from './facts.ts';

const data = {
  ...{ contractType: 'service', contractSubType: 'technical-service', fieldCode: 'electronics' },
  ...{ industryCode: 'C', sellerDistrict: 'sip', buyerDistrict: 'outside', isImport: false },
  ...{ relatedParty: false, subcontract: true, signedOn: '2026-01-02', effectiveOn: '2026-01-03' },
  ...{ publishedValueFen: '500', contractId: 'c-1', registrationNumber: '2026320599000001' },
  ...{ registeredOn: '2026-01-05', valueBand: 'below-1m' },
};
const party = (partyId: string, name: string) => ({
  ...{ partyId, key: { kind: 'domestic', uscc: '91' }, name },
  ...{ nature: 'enterprise', district: 'sip' },
});
const facts = {
  ...{ title: '技术服务', listingId: 'l-1', needId: null },
  ...{ seller: party('s', '甲'), buyer: party('b', '乙'), broker: null },
  ...{ contractValueFen: '600', technologyValueFen: '500', contractTextHash: 'ab' },
  ...{ form: { pages: [1, 20], signed: { on: '2026-01-02' } }, attachments: [{ size: 3 }] },
};
const envelope = JSON.stringify({
  ...{ seq: 7, recordedAt: '2026-01-05T04:00:00.000Z', stream: 'contract-1', version: 3 },
  ...{ type: 'ContractRegistered', schema: 2, id: 'x', actor: { kind: 'person' }, data },
  commit: 'cd',
});
const hidden = JSON.stringify({ actor: { kind: 'person', userId: 'u' }, facts });

const read = contractReader('"');
/** What parsing says of it; a text says why not. */
const parsed = (open: string, closed: string): unknown => {
  try {
    const row = { seq: 7, envelope: JSON.parse(open) as Envelope, privateText: closed };
    const fact = familyFactOf(row);
    if (fact.kind !== 'registered') return fact.kind;
    const { schema } = row.envelope;
    return { recordedAt: fact.recordedAt, schema, contract: fact.contract };
  } catch (error) {
    return String(error);
  }
};

it('reads the usual form, and says of it what parsing says', () => {
  expect(read(envelope, hidden)).not.toBeNull();
  expect(read(envelope, hidden)).toStrictEqual(parsed(envelope, hidden));
  const escaped = contractReader(String.raw`\\"`);
  const inString = (text: string): string => JSON.stringify(text).slice(1, -1);
  expect(escaped(inString(envelope), inString(hidden))).toStrictEqual(read(envelope, hidden));
});

const CHANGES = ['', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'x', '\t', '\\"', 'é', ' '];
const changesOf = (text: string): string[] =>
  [...text].flatMap((_, at) =>
    CHANGES.flatMap((change) =>
      [at, at + 1].map((rest) => text.slice(0, at) + change + text.slice(rest)),
    ),
  );

it('takes nothing that JSON does not take, nor says of it anything else', () => {
  for (const changed of changesOf(envelope)) {
    const quick = read(changed, hidden);
    if (quick) expect(quick, changed).toStrictEqual(parsed(changed, hidden));
  }
  for (const changed of changesOf(hidden)) {
    const quick = read(envelope, changed);
    if (quick) expect(quick, changed).toStrictEqual(parsed(envelope, changed));
  }
});

it('leaves to parsing what stands elsewhere, twice or in another form', () => {
  const swap = (from: string, to: string): string => hidden.replace(from, to);
  for (const other of [
    swap('"needId":null', '"needId":null,"needId":"n"'),
    swap('"district":"sip"', '"partyId":"other"'),
    swap('"attachments":', '"technologyValueFen":"9","attachments":'),
    swap('"facts":', '"facts":null,"facts":'),
    swap('技术', '\\u6280'),
    swap('"500"', '500'),
    JSON.stringify(facts),
    hidden.replace('ab', 'a'.repeat(1 << 19)),
  ]) {
    expect(read(envelope, other), other.slice(0, 500)).toBeNull();
  }
});
