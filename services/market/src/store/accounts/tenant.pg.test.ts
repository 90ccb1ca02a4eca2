import { newId } from '@jishi/contracts/ids';
import type { Principal } from '@jishi/contracts/principal';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { type Kysely, sql } from 'kysely';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inJob, inTenant } from './tenant.ts';

interface Tables {
  note: { id: string; party_id: string };
}

/** The pattern of every tenant table, tried on one as a role that may not bypass it. */
const PATTERN = `
  create table note (id uuid primary key, party_id text not null check (party_id <> ''));
  alter table note enable row level security;
  alter table note force row level security;
  create policy own on note
    using (party_id = nullif(current_setting('app.party_id', true), ''))
    with check (party_id = nullif(current_setting('app.party_id', true), ''));
  create policy sweeper on note for select
    using (current_setting('app.service', true) = 'job:sweeper');`;

let owner: Pool;
let pool: Pool;
let db: Kysely<Tables>;
let role: string;
let drop: () => Promise<void>;
const parties = Array.from({ length: 50 }, newId);

const member = (partyId: string | null): Principal => ({
  kind: 'person',
  userId: newId(),
  organisationId: newId(),
  partyId,
  roles: ['buyer'],
});
const seen = (principal: Principal | undefined) =>
  inTenant(db, principal, (trx) => trx.selectFrom('note').selectAll().execute());

beforeAll(async () => {
  const database = await createTestDatabase('tenant');
  owner = openPool({ url: database.url, poolSize: 1 });
  role = `t_app_${newId().replaceAll('-', '')}`;
  const password = newId();
  await owner.query(PATTERN);
  await owner.query(`create role ${role} login password '${password}'`);
  await owner.query(`grant select, insert, update, delete on note to ${role}`);
  for (const party of parties) {
    await owner.query('insert into note values ($1, $2)', [newId(), party]);
  }
  const url = new URL(database.url);
  url.username = role;
  url.password = password;
  pool = openPool({ url: url.toString(), poolSize: 4 });
  db = openDatabase<Tables>(pool);
  drop = async () => {
    await pool.end();
    await owner.query(`drop owned by ${role}; drop role ${role}`);
    await owner.end();
    await database.drop();
  };
});
afterAll(() => drop());

describe('rows of tenants', () => {
  it('are none without a tenant, in or out of a transaction, before and after others', async () => {
    const bare = () => db.selectFrom('note').selectAll().execute();
    expect(await bare()).toHaveLength(0);
    expect(await seen(undefined)).toHaveLength(0);
    expect(await seen(member(null))).toHaveLength(0);
    expect(await seen(member(parties[0] ?? ''))).toHaveLength(1);
    for (let i = 0; i < 8; i++) expect(await bare()).toHaveLength(0);
  });

  it('are one’s own only, to read, change and delete', async () => {
    const [mine = '', theirs = ''] = parties;
    expect((await seen(member(mine))).map((row) => row.party_id)).toStrictEqual([mine]);
    expect(await seen(member(newId()))).toHaveLength(0);
    const changed = await inTenant(db, member(mine), (trx) =>
      trx.deleteFrom('note').where('party_id', '=', theirs).executeTakeFirst(),
    );
    expect(changed.numDeletedRows).toBe(0n);
    const foreign = inTenant(db, member(mine), (trx) =>
      trx.insertInto('note').values({ id: newId(), party_id: theirs }).execute(),
    );
    await expect(foreign).rejects.toThrow(/row-level security/);
  });

  it('follow the person for whom a service acts; a job sees what its policy names', async () => {
    const person = member(parties[1] ?? '');
    if (person.kind !== 'person') throw new Error('a person');
    const { kind: _, ...actor } = person;
    expect(await seen({ kind: 'service', service: 'ledger', actor })).toHaveLength(1);
    expect(await seen({ kind: 'service', service: 'ledger', actor: null })).toHaveLength(0);
    const all = (job: string) =>
      inJob(db, job, (trx) => trx.selectFrom('note').selectAll().execute());
    expect(await all('sweeper')).toHaveLength(parties.length);
    expect(await all('other')).toHaveLength(0);
  });

  it('never leak through the pool: 2,000 interleaved requests of 50 tenants on 4 connections', async () => {
    let foreign = 0;
    let failed = 0;
    const request = async (i: number): Promise<void> => {
      const party = parties[i % parties.length] ?? '';
      try {
        await inTenant(db, member(party), async (trx) => {
          const rows = await trx.selectFrom('note').selectAll().execute();
          foreign += rows.length === 1 && rows[0]?.party_id === party ? 0 : 1;
          if (i % 7 === 0) await sql`select 1 / 0`.execute(trx);
          if (i % 11 === 0) throw new Error('given up');
        });
      } catch {
        failed += 1;
      }
      if (i % 5 === 0) foreign += (await db.selectFrom('note').selectAll().execute()).length;
    };
    const callers = Array.from({ length: 16 }, async (_, caller) => {
      for (let i = caller; i < 2_000; i += 16) await request(i);
    });
    await Promise.all(callers);
    expect(foreign).toBe(0);
    const expected = Array.from({ length: 2_000 }, (_, i) => i % 7 === 0 || i % 11 === 0);
    expect(failed).toBe(expected.filter(Boolean).length);
  });
});
