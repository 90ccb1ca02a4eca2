import { Region } from '@jishi/contracts/codes';
import { newId } from '@jishi/contracts/ids';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '@jishi/contracts/market/accounts';
import { PartyNature, partyIdOf } from '@jishi/contracts/party';
import { OFFICER_ROLES, Role, TRADING_ROLES } from '@jishi/contracts/roles';
import type { Clock, Instant } from '@jishi/contracts/time';
import { Uscc } from '@jishi/contracts/uscc';
import { StartRefused } from '@jishi/runtime/config';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAct } from '../../store/accounts/audit.ts';
import { hasAdministrator, insertGrant } from '../../store/accounts/grants.ts';
import {
  findOfficeByName,
  insertMembership,
  insertOrFindOrganisation,
} from '../../store/accounts/organisations.ts';
import { findUserByEmail, insertAccount } from '../../store/accounts/people.ts';
import type { AccountDb, AccountTrx } from '../../store/accounts/tables.ts';

/** An account that comes with an installation: a demo one, or one of its first administrators. */
const GivenAccount = z.strictObject({
  email: z.email(),
  password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
  name: z.string().min(1),
  organisation: z.strictObject({
    name: z.string().min(1),
    /** Null for an office (an authority, the exchange), which is no party. */
    uscc: Uscc.nullable(),
    nature: PartyNature,
    district: Region,
  }),
  roles: z.array(Role).min(1),
});
type GivenAccount = z.infer<typeof GivenAccount>;

/** Reads the file's text; a value is never told, only where the fault is. */
export const parseGivenAccounts = (text: string, what: string): GivenAccount[] => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new StartRefused(`${what} 不是有效的 JSON · is not valid JSON`);
  }
  const parsed = z.array(GivenAccount).safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new StartRefused(`${what} 内容有误 · has wrong content at: ${where}`);
};

const organisationIdOf = async (
  trx: AccountTrx,
  { organisation }: GivenAccount,
  demo: boolean,
  now: Instant,
): Promise<{ id: string; made: boolean }> => {
  const { name, uscc, nature, district } = organisation;
  const shared = { id: newId(), name, nature, district, country: null, verified: true, demo };
  if (uscc) {
    const partyId = partyIdOf({ kind: 'domestic', uscc });
    const row = { ...shared, kind: 'domestic' as const, uscc, party_id: partyId, created_at: now };
    return insertOrFindOrganisation(trx, row);
  }
  const found = await findOfficeByName(trx, name);
  if (found) return { id: found.id, made: false };
  const row = { ...shared, kind: 'office' as const, uscc: null, party_id: null, created_at: now };
  await trx.insertInto('organisation').values(row).execute();
  return { id: row.id, made: true };
};

/** Serialises several starting processes; any constant number, ours alone. */
const START_LOCK = 20261122;

const createOne = async (
  trx: AccountTrx,
  given: GivenAccount,
  passwordHash: string,
  demo: boolean,
  now: Instant,
): Promise<void> => {
  const userId = newId();
  const { email, name, roles } = given;
  const account = { userId, accountId: newId(), email, name, passwordHash };
  if (!(await insertAccount(trx, account, now))) return;
  const { id: organisationId, made } = await organisationIdOf(trx, given, demo, now);
  const membership = {
    id: newId(),
    userId,
    organisationId,
    status: 'active' as const,
    manages: made,
    tradingRoles: TRADING_ROLES.filter((role) => roles.includes(role)),
  };
  await insertMembership(trx, membership, now);
  for (const role of OFFICER_ROLES.filter((officer) => roles.includes(officer))) {
    const grant = { id: newId(), userId, role, status: 'effective' as const, requestedBy: null };
    await insertGrant(trx, grant, now);
  }
  const change = { before: null, after: { organisationId, roles, demo } };
  const act = { act: 'account-given', object: `user:${userId}`, requestId: 'start', ...change };
  await recordAct(trx, { ...act, actor: null }, now);
};

export interface GivenAccountPorts {
  readonly db: AccountDb;
  readonly clock: Clock;
  readonly hashPassword: (password: string) => Promise<string>;
}

/** Makes those accounts that are not there yet; an account that is there is left as it is. */
export const createGivenAccounts = async (
  { db, clock, hashPassword }: GivenAccountPorts,
  accounts: readonly GivenAccount[],
  demo: boolean,
): Promise<void> => {
  for (const given of accounts) {
    if (await findUserByEmail(db, given.email)) continue;
    const passwordHash = await hashPassword(given.password);
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${START_LOCK})`.execute(trx);
      await createOne(trx, given, passwordHash, demo, clock());
    });
  }
};

/**
 * The first administrators of an installation without demo accounts. Once there is one, the file
 * has no effect: it is no back door.
 */
export const createFirstAdministrators = async (
  ports: GivenAccountPorts,
  accounts: readonly GivenAccount[],
): Promise<void> => {
  if (accounts.some((given) => given.roles.join() !== 'administrator')) {
    throw new StartRefused('首批账户只能是管理员 · the first accounts may be administrators only');
  }
  if (await hasAdministrator(ports.db)) return;
  await createGivenAccounts(ports, accounts, false);
};
