import { OFFICER_ROLES } from '@jishi/contracts/roles';
import { describe, expect, it } from 'vitest';
import { decideApproval, decideGrant } from './grants.ts';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { type: string }).type;
  }
  return 'none';
};

describe('granting a role', () => {
  const ask = { by: 'a', to: 'b', holds: [], alone: false } as const;

  it('takes two administrators for registrars, finance, auditors and administrators', () => {
    const answers = OFFICER_ROLES.map((role) => [role, decideGrant({ ...ask, role })]);
    expect(Object.fromEntries(answers)).toStrictEqual({
      registrar: 'pending',
      'senior-registrar': 'pending',
      'subsidy-officer': 'effective',
      'finance-officer': 'pending',
      'exchange-operator': 'effective',
      auditor: 'pending',
      administrator: 'pending',
    });
  });

  it('lets the only administrator make the second one, and nothing else alone', () => {
    const alone = { ...ask, alone: true };
    expect(decideGrant({ ...alone, role: 'administrator' })).toBe('effective');
    expect(decideGrant({ ...alone, role: 'finance-officer' })).toBe('pending');
  });

  it('refuses oneself for every role', () => {
    for (const role of OFFICER_ROLES) {
      expect(refusal(() => decideGrant({ ...ask, to: 'a', role }))).toBe('duties-not-separated');
    }
  });

  it('keeps administrators apart from every other role, in both orders', () => {
    for (const other of ['buyer', 'registrar', 'auditor'] as const) {
      const upward = { ...ask, role: 'administrator', holds: [other] } as const;
      expect(refusal(() => decideGrant(upward))).toBe('duties-not-separated');
    }
    for (const role of OFFICER_ROLES.filter((r) => r !== 'administrator')) {
      const downward = { ...ask, role, holds: ['administrator'] } as const;
      expect(refusal(() => decideGrant(downward))).toBe('duties-not-separated');
    }
  });
});

describe('approving a grant', () => {
  const grant = { to: 'b', by: 'a', status: 'pending' };
  it('is another administrator’s', () => {
    expect(refusal(() => decideApproval(grant, 'c'))).toBe('none');
    expect(refusal(() => decideApproval(grant, 'a'))).toBe('duties-not-separated');
    expect(refusal(() => decideApproval(grant, 'b'))).toBe('duties-not-separated');
  });
  it('is of a pending one only', () => {
    for (const status of ['effective', 'removed']) {
      expect(refusal(() => decideApproval({ ...grant, status }, 'c'))).toBe('role-grant-state');
    }
  });
});
