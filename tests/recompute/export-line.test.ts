import { familyFactOfText } from '@jishi/ledger/domain/index/family/row-text';
import { expect, it } from 'vitest';
import { quickFactOf, readExportLine } from './export-line.ts';

const lineOf = (type: string, data: object, facts: object | null, name = '示例'): string => {
  const envelope = {
    ...{ seq: 7, recordedAt: '2026-01-05T04:00:00.000Z', stream: 'contract-1', version: 2 },
    ...{ type, schema: 1, id: 'x', actor: { kind: 'service' }, data, commit: null },
  };
  const body = facts && JSON.stringify({ actor: { name }, facts });
  const texts = { envelope: JSON.stringify(envelope), leaf: 'ab', salt: 'cd', private: body };
  return JSON.stringify({ seq: 7, ...texts });
};

const accepted = lineOf('ContractAccepted', { note: 'a "b" \\ \n 接受' }, { title: '标题 "x"' });
const registered = lineOf(
  'ContractRegistered',
  {
    ...{ contractType: 'service', contractSubType: 'x', fieldCode: 'electronics' },
    ...{ industryCode: 'C', sellerDistrict: 'sip', buyerDistrict: 'kunshan', isImport: false },
    ...{ relatedParty: false, subcontract: false, signedOn: '2026-01-02' },
    ...{ effectiveOn: '2026-01-02', publishedValueFen: null, contractId: 'c' },
    ...{ registrationNumber: '1', registeredOn: '2026-01-05', valueBand: 'below-1m' },
  },
  {
    ...{ title: '标题', listingId: 'l', needId: null, seller: { partyId: 's', name: '甲' } },
    ...{ buyer: { partyId: 'b', name: '乙' }, broker: null, contractValueFen: '500' },
    ...{ technologyValueFen: '400', contractTextHash: 'ab', form: null, attachments: [] },
  },
);

const amended = registered.replace('ContractRegistered', 'ContractAmended');

const whole = (line: string): unknown => {
  try {
    return familyFactOfText(readExportLine(line));
  } catch {
    return 'refused';
  }
};

it('says of a line what reading the whole of it says', () => {
  for (const line of [accepted, registered, amended]) {
    const fact = quickFactOf(Buffer.from(line));
    expect(fact).not.toBeNull();
    expect(fact).toStrictEqual(whole(line));
  }
});

it('takes no line that is refused when it is read whole, nor says of it anything else', () => {
  const changes = ['', '"', '\\', '{', '}', ',', ':', '0', 'x', '\t', '\\"', '\\u00', 'é', ' '];
  for (const line of [accepted, registered, amended]) {
    for (let at = 0; at <= line.length; at += 1) {
      for (const change of changes) {
        for (const rest of [at, at + 1]) {
          const changed = line.slice(0, at) + change + line.slice(rest);
          const quick = quickFactOf(Buffer.from(changed));
          if (quick !== null) expect(quick, changed).toStrictEqual(whole(changed));
        }
      }
    }
  }
});

it('leaves to the whole reading what is not in the own form of the ledger', () => {
  const turned = `{"envelope":${JSON.stringify(JSON.parse(accepted).envelope)},"seq":7}`;
  const erased = `${accepted.slice(0, -1)},"remainder":null}`;
  const named = lineOf('ListingClosed', { listingId: '清单', closedOn: '2026-01-05' }, null);
  const long = lineOf('ContractAccepted', {}, { title: 'x'.repeat(1 << 20) });
  for (const line of [turned, erased, named, long, '', ' ']) {
    expect(quickFactOf(Buffer.from(line))).toBeNull();
  }
});
