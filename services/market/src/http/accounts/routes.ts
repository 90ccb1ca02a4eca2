import type { Service } from '@jishi/runtime/service';
import { serveAdministration } from './administration.ts';
import type { AccountContext } from './context.ts';
import { serveGrants } from './grants.ts';
import { serveMembers } from './members.ts';
import { serveSignIn } from './sign-in.ts';
import { serveSignUp } from './sign-up.ts';
import { serveTokens } from './tokens.ts';

export const serveAccounts = (service: Service, context: AccountContext): void => {
  serveSignUp(service, context);
  serveSignIn(service, context);
  serveTokens(service, context);
  serveMembers(service, context);
  serveGrants(service, context);
  serveAdministration(service, context);
};
