import { type Migration, sql } from 'kysely';

const ME = `nullif(current_setting('app.party_id', true), '')::uuid`;
const MYSELF = `nullif(current_setting('app.user_id', true), '')::uuid`;

const STATEMENTS = [
  // To an organisation (by its party) or to one person; nothing in it is ever changed.
  `create table notification (
    id uuid primary key,
    party_id uuid,
    user_id uuid,
    role text,
    kind text not null,
    subject_type text not null,
    subject_id uuid not null,
    other_type text,
    other_id uuid,
    title text not null,
    other_title text,
    once text not null,
    created_at timestamptz not null,
    check ((party_id is null) <> (user_id is null)),
    check ((other_type is null) = (other_id is null))
  )`,
  `create unique index notification_once on notification (coalesce(party_id, user_id), once)`,
  `create index notification_party on notification (party_id, created_at desc, id desc)`,
  `create index notification_user on notification (user_id, created_at desc, id desc)`,
  `create table notification_read (
    notification_id uuid not null references notification (id),
    user_id uuid not null,
    read_at timestamptz not null,
    primary key (notification_id, user_id)
  )`,
  `alter table notification enable row level security`,
  `alter table notification force row level security`,
  `create policy notification_1 on notification for select
    using (party_id = ${ME} or user_id = ${MYSELF})`,
  // Whoever acts tells the other side; what is told is read by its addressee alone.
  `create policy notification_2 on notification for insert with check (true)`,
  `alter table notification_read enable row level security`,
  `alter table notification_read force row level security`,
  `create policy notification_read_1 on notification_read
    using (user_id = ${MYSELF}) with check (user_id = ${MYSELF})`,
  `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert on notification, notification_read to %I', app);
  end if;
end $$`,
];

export const notifications: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
