import type { Principal } from '@jishi/contracts/principal';
import type { View } from '../domain/index/view.ts';

/** Exact values are for the exchange operator and the auditor; a party has no part in it. */
export const viewOf = (principal: Principal | undefined): View =>
  principal?.kind === 'person' &&
  principal.roles.some((role) => role === 'exchange-operator' || role === 'auditor')
    ? 'exact'
    : 'public';
