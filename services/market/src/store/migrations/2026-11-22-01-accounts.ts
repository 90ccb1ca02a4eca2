import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Made once by the sign-in library's generator (1.7.25, our options) and frozen; a test compares
 * the library's wishes with the tables that stand here.
 */
const SIGN_IN = [
  `create table "auth_user" ("id" text not null primary key, "name" text not null,
    "email" text not null unique, "emailVerified" boolean not null, "image" text,
    "createdAt" timestamptz default CURRENT_TIMESTAMP not null,
    "updatedAt" timestamptz default CURRENT_TIMESTAMP not null)`,
  `create table "auth_session" ("id" text not null primary key, "expiresAt" timestamptz not null,
    "token" text not null unique, "createdAt" timestamptz default CURRENT_TIMESTAMP not null,
    "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text,
    "userId" text not null references "auth_user" ("id") on delete cascade)`,
  `create table "auth_account" ("id" text not null primary key, "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references "auth_user" ("id") on delete cascade,
    "accessToken" text, "refreshToken" text, "idToken" text,
    "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text,
    "password" text, "createdAt" timestamptz default CURRENT_TIMESTAMP not null,
    "updatedAt" timestamptz not null)`,
  `create table "auth_verification" ("id" text not null primary key, "identifier" text not null,
    "value" text not null, "expiresAt" timestamptz not null,
    "createdAt" timestamptz default CURRENT_TIMESTAMP not null,
    "updatedAt" timestamptz default CURRENT_TIMESTAMP not null)`,
  `create index "auth_session_userId_idx" on "auth_session" ("userId")`,
  `create index "auth_account_userId_idx" on "auth_account" ("userId")`,
  `create index "auth_verification_identifier_idx" on "auth_verification" ("identifier")`,
];

const PEOPLE = [
  `create table organisation (
    id uuid primary key,
    kind text not null check (kind in ('domestic', 'foreign', 'office')),
    name text not null check (name <> ''),
    uscc text unique,
    country text,
    party_id uuid unique,
    nature text not null,
    district text not null,
    verified boolean not null default false,
    demo boolean not null default false,
    created_at timestamptz not null,
    check ((kind = 'domestic') = (uscc is not null)),
    check ((kind = 'foreign') = (country is not null)),
    check ((kind = 'office') = (party_id is null))
  )`,
  `create table membership (
    id uuid primary key,
    user_id text not null references auth_user (id) on delete cascade,
    organisation_id uuid not null references organisation (id),
    status text not null check (status in ('pending', 'active', 'ended')),
    manages boolean not null default false,
    trading_roles text[] not null default '{}'
      check (trading_roles <@ array['listing-officer', 'buyer', 'broker']),
    created_at timestamptz not null
  )`,
  // A person acts for one organisation at a time.
  `create unique index membership_one_per_person on membership (user_id) where status <> 'ended'`,
  `create index membership_organisation on membership (organisation_id)`,
  `create table role_grant (
    id uuid primary key,
    user_id text not null references auth_user (id) on delete cascade,
    role text not null check (role in ('registrar', 'senior-registrar', 'subsidy-officer',
      'finance-officer', 'exchange-operator', 'auditor', 'administrator')),
    status text not null check (status in ('pending', 'effective', 'removed')),
    requested_by text,
    requested_at timestamptz not null,
    approved_by text,
    check (requested_by is null or requested_by <> user_id),
    check (approved_by is null or (approved_by <> requested_by and approved_by <> user_id))
  )`,
  `create unique index role_grant_once on role_grant (user_id, role) where status <> 'removed'`,
  `create table suspension (
    user_id text primary key references auth_user (id) on delete cascade,
    since timestamptz not null,
    reason text not null
  )`,
  `create table audit_entry (
    id uuid primary key,
    at timestamptz not null,
    actor_user_id text,
    actor_organisation_id uuid,
    actor_roles text[] not null,
    act text not null,
    object text not null,
    request_id text not null,
    before jsonb,
    after jsonb
  )`,
  `create table throttle (
    key text primary key,
    window_started_at timestamptz not null,
    count integer not null
  )`,
  // Addresses from which an account has signed in: there a stranger's guesses do not lock it out.
  `create table known_address (
    account_key text not null,
    address text not null,
    seen_at timestamptz not null,
    primary key (account_key, address)
  )`,
];

/** Tests and small installations may run without a separate serving role. */
const GRANTS = `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert, update, delete on auth_user, auth_session, '
      'auth_account, auth_verification, throttle, known_address, suspension to %I', app);
    execute format('grant select, insert, update on organisation, membership, role_grant to %I',
      app);
    execute format('grant select, insert on audit_entry to %I', app);
  end if;
end $$`;

export const accounts: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of [...SIGN_IN, ...PEOPLE, GRANTS]) await sql.raw(statement).execute(db);
  },
};
