import { Refusal } from '@jishi/contracts/problem';
import type { Role, TradingRole } from '@jishi/contracts/roles';

export type MembershipDecision =
  | { readonly decision: 'approve' | 'set-roles'; readonly roles: readonly TradingRole[] }
  | { readonly decision: 'end' };

export interface MembershipState {
  readonly userId: string;
  readonly status: 'pending' | 'active' | 'ended';
  readonly tradingRoles: readonly TradingRole[];
}

export interface NextMembership {
  readonly status: 'active' | 'ended';
  readonly tradingRoles: readonly TradingRole[];
}

const NEEDED_STATUS = { approve: ['pending'], 'set-roles': ['active'], end: ['pending', 'active'] };

/**
 * What a decision on a membership leads to. Refused, in this order: a state that does not allow
 * it; ending one's own; a trading role for an administrator. Sessions end when
 * something is taken away.
 */
export const decideMembership = (
  member: MembershipState,
  asked: MembershipDecision,
  by: { readonly userId: string; readonly holderOfficerRoles: readonly Role[] },
): { next: NextMembership; endsSessions: boolean } => {
  if (!NEEDED_STATUS[asked.decision].includes(member.status)) throw new Refusal('membership-state');
  if (asked.decision === 'end') {
    if (member.userId === by.userId) {
      throw new Refusal('duties-not-separated', {
        zh: '不得结束本人的成员资格',
        en: 'Nobody ends their own membership',
      });
    }
    return { next: { status: 'ended', tradingRoles: [] }, endsSessions: true };
  }
  if (asked.roles.length > 0 && by.holderOfficerRoles.includes('administrator')) {
    throw new Refusal('duties-not-separated', {
      zh: '管理员不得兼任业务角色',
      en: 'An administrator holds no other role',
    });
  }
  const tradingRoles = [...new Set(asked.roles)];
  const taken = member.tradingRoles.some((role) => !tradingRoles.includes(role));
  return {
    next: { status: 'active', tradingRoles },
    endsSessions: asked.decision === 'set-roles' && taken,
  };
};
