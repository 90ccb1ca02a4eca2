import type { Service } from '@jishi/runtime/service';
import type { HealthPart } from '../../deps.ts';
import { countAccounts } from '../../store/accounts/people.ts';
import { serveAdministration } from './administration.ts';
import type { AccountContext } from './context.ts';
import { serveGrants } from './grants.ts';
import { serveMembers } from './members.ts';
import { serveOrganisationChecks } from './organisation-checks.ts';
import { serveSignIn } from './sign-in.ts';
import { serveSignUp } from './sign-up.ts';
import { serveTokens } from './tokens.ts';

const NO_ADMINISTRATOR = {
  zh: '尚无管理员:请以 FIRST_ADMINISTRATORS_FILE 指定首批管理员',
  en: 'There is no administrator yet: name the first ones in FIRST_ADMINISTRATORS_FILE',
};

/** Nobody can grant an office role before there is an administrator; that must not go unseen. */
const accountHealth =
  ({ db }: AccountContext): HealthPart =>
  async () => {
    const { administrators, pendingMemberships, pendingGrants } = await countAccounts(db);
    return {
      notes: administrators === 0 ? [NO_ADMINISTRATOR] : [],
      figures: { administrators, pendingMemberships, pendingGrants },
    };
  };

export const serveAccounts = (
  service: Service,
  context: AccountContext,
  health: HealthPart[],
): void => {
  health.push(accountHealth(context));
  serveSignUp(service, context);
  serveSignIn(service, context);
  serveTokens(service, context);
  serveMembers(service, context);
  serveGrants(service, context);
  serveAdministration(service, context);
  serveOrganisationChecks(service, context);
};
