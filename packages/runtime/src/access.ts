import type { Access } from '@jishi/contracts/endpoint';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';

/** Whether a caller passes an endpoint's declared access. Deny unless something allows. */
export const isAllowed = (access: Access, principal: Principal | undefined): boolean => {
  if (access.who === 'public') return true;
  if (!principal) return false;
  if (principal.kind === 'service') {
    return 'services' in access && (access.services?.includes(principal.service) ?? false);
  }
  switch (access.who) {
    case 'signed-in':
      return true;
    case 'roles':
      return access.roles.some((role) => principal.roles.includes(role));
    case 'services':
      return false;
  }
};

export const requireAccess = (access: Access, principal: Principal | undefined): void => {
  if (isAllowed(access, principal)) return;
  throw new Refusal(principal ? 'role-missing' : 'not-signed-in');
};

/** Whether somebody has checked who stands behind a person's organisation. Services have none. */
export const requireVerified = (principal: Principal | undefined): void => {
  if (principal?.kind === 'person' && principal.organisationVerified !== true) {
    throw new Refusal('organisation-not-verified');
  }
};
