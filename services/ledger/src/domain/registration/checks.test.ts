import type { RegistrationForm } from '@jishi/contracts/ledger/registration-form';
import type { CheckVerdict } from '@jishi/contracts/ledger/registry';
import { expect, test } from 'vitest';
import type { Checked } from './check.ts';
import { countOk, systemChecks } from './checks.ts';
import * as x from './examples.ts';
import { REGISTRATION_RULES } from './regimes.ts';

const FORM: RegistrationForm = {
  ...{ ipKinds: ['secret'], patentNumbers: [], planSource: 'none', socioEconomicGoal: '10' },
  ...{ paymentMethod: 'instalments', validFrom: '2026-11-18', validTo: '2027-11-17' },
  ...{ sellerNature: '150', buyerNature: '160', sellerCountry: '142', buyerCountry: '142' },
  ...{ newInvestmentFen: null, newOutputFen: null },
};
const facts = x.facts();

interface Changes {
  readonly public?: Partial<Checked['public']>;
  readonly private?: Partial<Checked['private']>;
  readonly form?: Partial<RegistrationForm> | null;
  readonly neighbours?: Checked['neighbours'];
  readonly splitWith?: readonly string[];
}

const checked = (changes: Changes = {}): Checked => ({
  contractId: x.CONTRACT,
  public: { ...facts.public, ...changes.public },
  private: {
    ...facts.private,
    form: changes.form === null ? null : { ...FORM, ...changes.form },
    ...changes.private,
  },
  ...{ today: x.TODAY, rules: REGISTRATION_RULES },
  ...{ neighbours: changes.neighbours ?? [], splitWith: changes.splitWith ?? [] },
});

const found = (code: string, changes: Changes = {}) => {
  const check = systemChecks(checked(changes)).find((one) => one.code === code);
  if (!check) throw new Error(`no check ${code}`);
  return check;
};
const expectVerdict = (code: string, verdict: CheckVerdict, changes: Changes = {}): void =>
  expect([code, found(code, changes).verdict]).toEqual([code, verdict]);

test('of a good contract all checks are ok but one: whether the parties are related is unknown', () => {
  const checks = systemChecks(checked());
  expect(countOk(checks)).toEqual({ ok: 11, of: 12 });
  expect(checks.filter(({ verdict }) => verdict !== 'ok').map(({ code }) => code)).toEqual([
    'related',
  ]);
  expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length);
  for (const check of checks) expect(check.zh.length * check.en.length).toBeGreaterThan(0);
});

test('a contract of paper brings its text, which a person must open; one side spoke for both', () => {
  const sha256 = 'b'.repeat(64);
  const text = [{ kind: 'contract-text', sha256 } as const];
  const other = [{ kind: 'commitment', sha256 } as const];
  expectVerdict('contract-text', 'ok', { private: { origin: 'market' } });
  expectVerdict('contract-text', 'ok', { private: { attachments: text } });
  for (const attachments of [[], other]) {
    expectVerdict('contract-text', 'fail', { private: { origin: 'paper', attachments } });
  }
  expectVerdict('contract-text', 'unknown', { private: { origin: 'paper', attachments: text } });
  const related = found('related', { private: { origin: 'paper', attachments: text } });
  expect(related.verdict).toBe('unknown');
  expect(related.zh).not.toBe(found('related').zh);
});

test('codes: the sub-type is of the type, the district that of who registers', () => {
  expectVerdict('codes', 'fail', { public: { contractSubType: 'patent-licence' } });
  expect(found('codes', { public: { sellerDistrict: 'gusu' } })).toMatchObject({
    ...{ verdict: 'fail', field: 'public.sellerDistrict' },
  });
});

test('credit codes: one wrong digit fails and says whose; a foreigner has none', () => {
  const { buyer } = facts.private;
  if (buyer.key.kind !== 'domestic') throw new Error('unreachable');
  const digit = buyer.key.uscc.endsWith('0') ? '1' : '0';
  const wrong = { ...buyer.key, uscc: `${buyer.key.uscc.slice(0, 17)}${digit}` };
  expect(found('uscc', { private: { buyer: { ...buyer, key: wrong } } })).toMatchObject({
    ...{ verdict: 'fail', field: 'private.buyer.key.uscc' },
  });
  expectVerdict('uscc', 'ok', { private: { seller: x.FOREIGNER } });
});

test('amounts: equal is fine, above fails; below 30 % of the contract is unusual', () => {
  const amounts = (contractValueFen: string, technologyValueFen: string): Changes => ({
    private: { contractValueFen, technologyValueFen },
  });
  expectVerdict('amount', 'ok', amounts('100', '100'));
  expectVerdict('amount', 'fail', amounts('100', '101'));
  expectVerdict('amount', 'fail', amounts('100', '0'));
  expectVerdict('amount', 'ok', amounts('1000', '300'));
  expectVerdict('amount', 'warn', amounts('1000', '299'));
});

test('dates: signed today is fine, tomorrow fails; effective before signing is odd', () => {
  const tomorrow = x.daysAfter(x.TODAY, 1);
  expectVerdict('dates', 'ok', { public: { signedOn: x.TODAY, effectiveOn: x.TODAY } });
  expectVerdict('dates', 'fail', { public: { signedOn: tomorrow, effectiveOn: tomorrow } });
  expectVerdict('dates', 'warn', { public: { effectiveOn: '2026-11-17' } });
});

test('in force: effective today passes, tomorrow fails; the last day of validity passes', () => {
  const tomorrow = x.daysAfter(x.TODAY, 1);
  expectVerdict('effective', 'ok', { public: { effectiveOn: x.TODAY } });
  expectVerdict('effective', 'fail', { public: { effectiveOn: tomorrow } });
  expectVerdict('effective', 'ok', { form: { validTo: x.TODAY } });
  expectVerdict('effective', 'fail', { form: { validTo: x.daysAfter(x.TODAY, -1) } });
  expectVerdict('effective', 'ok', { form: { validTo: null } });
  expectVerdict('effective', 'fail', { form: { validFrom: '2027-11-18' } });
  expectVerdict('effective', 'unknown', { form: null });
});

test('the form: missing is a warning; a transfer tells new investment and output', () => {
  expectVerdict('form', 'warn', { form: null });
  const transfer = { contractType: 'transfer', contractSubType: 'secret-transfer' } as const;
  expectVerdict('form', 'warn', { public: transfer });
  const told = { newInvestmentFen: '0', newOutputFen: '100' };
  expectVerdict('form', 'ok', { public: transfer, form: told });
});

test('patent numbers: check digits, and patents without a number', () => {
  expectVerdict('patents', 'ok', { form: { patentNumbers: ['ZL201310699744.2'] } });
  const wrong = ['ZL201310699744.2', 'ZL201310699744.3'];
  expect(found('patents', { form: { patentNumbers: wrong } })).toMatchObject({
    ...{ verdict: 'fail', field: 'private.form.patentNumbers.1' },
  });
  expectVerdict('patents', 'warn', { form: { ipKinds: ['invention'] } });
  expectVerdict('patents', 'unknown', { form: null });
});

test('proof of rights: transfer and licence need it, the others do not', () => {
  for (const contractType of ['transfer', 'licence'] as const) {
    expectVerdict('ip-proof', 'fail', { public: { contractType } });
    const attachments = [{ kind: 'ip-proof' as const, sha256: 'd'.repeat(64) }];
    expectVerdict('ip-proof', 'ok', { public: { contractType }, private: { attachments } });
  }
  expectVerdict('ip-proof', 'ok');
});

test('the text: known by its hash; another one attached is odd; an import brings it', () => {
  const text = (sha256: string) => [{ kind: 'contract-text' as const, sha256 }];
  expectVerdict('contract-text', 'ok', { private: { attachments: text('b'.repeat(64)) } });
  expectVerdict('contract-text', 'warn', { private: { attachments: text('e'.repeat(64)) } });
  expectVerdict('contract-text', 'fail', { public: { isImport: true } });
});

test('registered twice: the same title but for signs, or the same amount on the same day', () => {
  const other = (changes: object) => [
    {
      ...{ contractId: x.OTHER_CONTRACT, title: '另一合同', signedOn: '2026-01-01' },
      ...{ contractValueFen: '1', technologyValueFen: '1', ...changes },
    },
  ];
  expectVerdict('duplicate', 'ok', { neighbours: other({}) });
  const sameTitle = found('duplicate', { neighbours: other({ title: '视觉检测 · 算法开发' }) });
  expect(sameTitle).toMatchObject({ verdict: 'warn', contractIds: [x.OTHER_CONTRACT] });
  const sameDeal = { signedOn: '2026-11-18', contractValueFen: '600000000' };
  expectVerdict('duplicate', 'warn', { neighbours: other(sameDeal) });
  expectVerdict('duplicate', 'ok', { neighbours: other({ ...sameDeal, contractValueFen: '1' }) });
});

test('splitting names the others; relations are declared, the same, or not known', () => {
  expect(found('split', { splitWith: [x.OTHER_CONTRACT] })).toMatchObject({
    ...{ verdict: 'warn', contractIds: [x.OTHER_CONTRACT] },
  });
  expectVerdict('related', 'warn', { public: { relatedParty: true } });
  expectVerdict('related', 'fail', { private: { buyer: x.SELLER } });
});
