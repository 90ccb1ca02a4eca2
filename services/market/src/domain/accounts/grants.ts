import { Refusal } from '@jishi/contracts/problem';
import type { OfficerRole, Role } from '@jishi/contracts/roles';

/** Roles that decide on registrations, money or what everybody reads: two administrators. */
const TWO_PERSON_ROLES: readonly OfficerRole[] = [
  'registrar',
  'senior-registrar',
  'finance-officer',
  'auditor',
];

const refuseDuties = (zh: string, en: string): Refusal =>
  new Refusal('duties-not-separated', { zh, en });

/**
 * What asking for a grant leads to. Refused, in this order: to oneself; administrator together
 * with any other role. A further administrator takes two as
 * well: one alone could otherwise make the second person who approves. Only the first of an
 * installation makes the second by itself, since there is nobody else to ask.
 */
export const decideGrant = (asked: {
  readonly by: string;
  readonly to: string;
  readonly role: OfficerRole;
  /** Trading and officer roles that the grantee holds or awaits already. */
  readonly holds: readonly Role[];
  /** Whether whoever asks is the only administrator there is. */
  readonly alone: boolean;
}): 'pending' | 'effective' => {
  if (asked.by === asked.to) throw refuseDuties('不得给自己授权', 'Nobody grants to oneself');
  const others = asked.holds.filter((role) => role !== asked.role);
  const mixes =
    asked.role === 'administrator' ? others.length > 0 : others.includes('administrator');
  if (mixes) {
    throw refuseDuties('管理员不得兼任业务角色', 'An administrator holds no other role');
  }
  if (asked.role === 'administrator') return asked.alone ? 'effective' : 'pending';
  return TWO_PERSON_ROLES.includes(asked.role) ? 'pending' : 'effective';
};

/** Refused: by whoever asked for it or would get it; of a grant that is not pending. */
export const decideApproval = (
  grant: { readonly to: string; readonly by: string | null; readonly status: string },
  approver: string,
): void => {
  if (grant.status !== 'pending') throw new Refusal('role-grant-state');
  if (approver === grant.by || approver === grant.to) {
    throw refuseDuties('须由另一名管理员批准', 'Another administrator must approve');
  }
};
