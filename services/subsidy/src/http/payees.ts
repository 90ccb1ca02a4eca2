import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { listPayeeAccounts, registerPayeeAccount } from '@jishi/contracts/subsidy/endpoints';
import type { Service } from '@jishi/runtime/service';
import { sql } from 'kysely';
import { accountEffectiveFrom } from '../domain/payment/payee.ts';
import { audit } from '../store/audit.ts';
import { takeCommand } from '../store/commands.ts';
import { accountsOf, accountView, saveAccount } from '../store/payees.ts';
import { withSight } from '../store/sight.ts';
import { actorOf, partyOfPerson, personOf, type SubsidyDependencies } from './dependencies.ts';

const partyIdOf = (person: Person): string => {
  const partyId = partyOfPerson(person);
  if (partyId === null) throw new Refusal('role-missing');
  return partyId;
};

/** A party's own accounts. Nobody else registers one for it, no officer either. */
export const servePayees = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, sealer, clock, newId } = dependencies;

  service.serve(registerPayeeAccount, async (asked) => {
    const { commandId, ...content } = asked.body;
    const actor = actorOf(asked, clock);
    const partyId = partyIdOf(actor.person);
    return withSight(db, { sees: 'party', partyId }, async (trx) => {
      // A plain hash of an account number could be found by trying numbers; a keyed one cannot.
      const digest = sealer.digest(JSON.stringify(content));
      const command = { commandId, act: 'payee-account', subject: partyId, content: digest };
      const isNew = await takeCommand(trx, actor.person, command, actor.at);
      await sql`select pg_advisory_xact_lock(hashtextextended(${partyId}, 1))`.execute(trx);
      if (isNew) {
        const [newest] = await accountsOf(trx, partyId);
        const accountId = newId();
        const effectiveFrom = accountEffectiveFrom(newest !== undefined, actor.at);
        await saveAccount(trx, sealer, {
          accountId,
          partyId,
          content,
          effectiveFrom,
          registeredBy: actor.person.userId,
          registeredAt: actor.at,
        });
        await audit(trx, actor, {
          act: 'payee-account-registered',
          subject: partyId,
          after: { accountId, effectiveFrom },
        });
      }
      const [account] = await accountsOf(trx, partyId);
      if (!account) throw new Error('the account just registered is missing');
      return accountView(sealer, account);
    });
  });

  service.serve(listPayeeAccounts, async ({ principal }) => {
    const partyId = partyOfPerson(personOf(principal));
    if (partyId === null) return { items: [] };
    return withSight(db, { sees: 'party', partyId }, async (trx) => ({
      items: (await accountsOf(trx, partyId)).map((row) => accountView(sealer, row)),
    }));
  });
};
