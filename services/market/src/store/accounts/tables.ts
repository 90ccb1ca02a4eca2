import type { Id } from '@jishi/contracts/ids';
import type { OfficerRole, TradingRole } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';
import type { ColumnType, Kysely, Transaction } from 'kysely';

/** An instant as our pools read it, and as they take it. */
type Moment = ColumnType<Instant, Instant, Instant>;

export interface AccountTables {
  auth_user: {
    id: Id;
    name: string;
    email: string;
    emailVerified: boolean;
    image: string | null;
    createdAt: Moment;
    updatedAt: Moment;
  };
  auth_session: {
    id: Id;
    token: string;
    userId: Id;
    createdAt: Moment;
    updatedAt: Moment;
    expiresAt: Moment;
  };
  auth_account: {
    id: Id;
    accountId: string;
    providerId: string;
    userId: Id;
    password: string | null;
    createdAt: Moment;
    updatedAt: Moment;
  };
  organisation: {
    id: Id;
    kind: 'domestic' | 'foreign' | 'office';
    name: string;
    uscc: string | null;
    country: string | null;
    party_id: Id | null;
    nature: string;
    district: string;
    verified: boolean;
    demo: boolean;
    created_at: Moment;
  };
  membership: {
    id: Id;
    user_id: Id;
    organisation_id: Id;
    status: 'pending' | 'active' | 'ended';
    manages: boolean;
    trading_roles: TradingRole[];
    created_at: Moment;
  };
  role_grant: {
    id: Id;
    user_id: Id;
    role: OfficerRole;
    status: 'pending' | 'effective' | 'removed';
    requested_by: Id | null;
    requested_at: Moment;
    approved_by: Id | null;
  };
  organisation_check: {
    check_id: Id;
    organisation_id: Id;
    outcome: 'verified' | 'refused';
    evidence: string;
    note: string;
    checked_by: Id;
    checked_at: Moment;
  };
  suspension: { user_id: Id; since: Moment; reason: string };
  audit_entry: {
    id: Id;
    at: Moment;
    actor_user_id: Id | null;
    actor_organisation_id: Id | null;
    actor_roles: string[];
    act: string;
    object: string;
    request_id: string;
    before: ColumnType<unknown, string | null, never>;
    after: ColumnType<unknown, string | null, never>;
  };
  throttle: { key: string; window_started_at: Moment; count: number };
  known_address: { account_key: string; address: string; seen_at: Moment };
}

export type AccountDb = Kysely<AccountTables>;
export type AccountTrx = Transaction<AccountTables>;
