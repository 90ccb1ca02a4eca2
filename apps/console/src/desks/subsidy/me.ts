import type { Role } from '@jishi/contracts/roles';
import { useWho } from '../../session/who.ts';

/** Who is at the desk: the own id, to mark own acts, and whether a role may act. */
export const useMe = (): {
  readonly userId: string | null;
  readonly is: (role: Role) => boolean;
} => {
  const known = useWho();
  const me = known.state === 'person' ? known.me : null;
  return { userId: me?.userId ?? null, is: (role) => me?.roles.includes(role) ?? false };
};
