import { newId } from '@jishi/contracts/ids';
import { ERASED_TEXT } from '@jishi/contracts/ledger/erasure';
import { type PartyRef, partyIdOf } from '@jishi/contracts/party';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  amendedItem,
  registeredItem,
  revokedItem,
  testContract,
  verifiedItem,
} from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { feedItem } from '../testing/ledger-double.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_erase', { asServingRole: true });
});
afterAll(() => desk.close());

const personOf = (name: string, n: string): PartyRef => {
  const key = { kind: 'person', subjectRef: n.repeat(64) } as const;
  return { partyId: partyIdOf(key), key, name, nature: 'person', district: 'sip' };
};
const NAMES = ['金丝雀卖方', '金丝雀买方', '金丝雀中介', '金丝雀名称', '金丝雀新名', '示例理由'];
const [SELLER = '', BUYER = '', BROKER = '', TITLE = '', AMENDED = ''] = NAMES;

const contractOf = () =>
  testContract({
    ...{ seller: personOf(SELLER, 'a'), buyer: personOf(BUYER, 'b') },
    ...{ broker: personOf(BROKER, 'c'), private: { title: TITLE } },
  });

const nameless = (party: PartyRef): PartyRef => ({ ...party, name: ERASED_TEXT });
const left = <P extends { title: string; seller: PartyRef; buyer: PartyRef; broker: unknown }>(
  facts: P,
) => ({
  ...{ ...facts, title: ERASED_TEXT, seller: nameless(facts.seller) },
  ...{ buyer: nameless(facts.buyer), broker: nameless(facts.broker as PartyRef) },
});

const life = (contract: ReturnType<typeof contractOf>) => (from: number) => {
  const changed = { ...contract.private, title: AMENDED };
  return [
    registeredItem(from, contract, newId()),
    verifiedItem(from + 1, contract, '100000', newId()),
    amendedItem(from + 2, contract, { private: { title: changed.title } }),
    revokedItem(from + 3, contract),
  ];
};

const actor = { kind: 'person' as const, userId: newId(), organisationId: newId() };
const reasons = [{ code: 'other', note: ERASED_TEXT }];

/** What the ledger says of a life that began at a sequence. */
const erasing = (contract: ReturnType<typeof contractOf>, began: number) => (from: number) => {
  const facts = left(contract.private);
  const kept = [
    { seq: began, actor, facts },
    { seq: began + 2, actor, facts },
    { seq: began + 3, actor, facts: { reasons } },
  ];
  const open = {
    ...{ contractId: contract.contractId, changeId: newId(), erasedOn: '2026-07-11' },
    ...{ registrationNumber: contract.number, reason: 'subject-request' as const },
    sequences: kept.map(({ seq }) => seq),
  };
  return [feedItem(from, 'PrivatePartErased', open, { kept }, actor)];
};

const tables = async (): Promise<string> =>
  desk.db.transaction().execute(async (trx) => {
    await sql`select set_config('jishi.desk', 'on', true)`.execute(trx);
    const names = await sql<{ name: string }>`select table_name as name
      from information_schema.tables where table_schema = 'public'
        and table_type = 'BASE TABLE' and table_name !~ '^kysely'`.execute(trx);
    expect(names.rows.length).toBeGreaterThan(20);
    const texts: string[] = [];
    for (const { name } of names.rows) {
      const found = await sql<{ row: string }>`select to_json(t)::text as row
        from ${sql.table(name)} t`.execute(trx);
      texts.push(...found.rows.map(({ row }) => row));
    }
    return texts.join('\n');
  });

const figures = async () =>
  desk.db.transaction().execute(async (trx) => {
    await sql`select set_config('jishi.desk', 'on', true)`.execute(trx);
    const found = await sql<{ row: string }>`select json_build_array(k.contract_id, k.standing,
        k.technology_value_fen, k.seller ->> 'partyId', k.buyer ->> 'partyId', c.role, c.party_id,
        c.status, c.version)::text as row
      from contract_now k left join subsidy_case c using (contract_id) order by 1`.execute(trx);
    return found.rows;
  });

const foundIn = (text: string): string[] => NAMES.filter((name) => text.includes(name));

test('what the ledger erased leaves every table, and no figure or case moves', async () => {
  const contract = contractOf();
  let began = 0;
  await desk.feed((from) => {
    began = from;
    return life(contract)(from);
  });
  expect(foundIn(await tables())).toStrictEqual(NAMES);
  const before = await figures();
  expect(before.length).toBeGreaterThan(0);
  await desk.feed(erasing(contract, began));
  expect(foundIn(await tables())).toStrictEqual([]);
  expect(await figures()).toStrictEqual(before);
});

test('a life that is read after its erasure is read from what is left of it', async () => {
  const contract = contractOf();
  await desk.feed((from) => {
    const items = life(contract)(from).map((item) => {
      const part = JSON.parse(item.private ?? '') as { facts: Record<string, unknown> };
      const isContract = 'title' in part.facts;
      const facts = isContract
        ? left(part.facts as unknown as Parameters<typeof left>[0])
        : 'reasons' in part.facts
          ? { reasons }
          : part.facts;
      return { ...item, private: null, remainder: JSON.stringify({ ...part, facts }) };
    });
    return [...items, ...erasing(contract, from)(from + items.length)];
  });
  expect(foundIn(await tables())).toStrictEqual([]);
});

const rewrite = (statement: string) =>
  desk.db.transaction().execute(async (trx) => {
    await sql`select set_config('jishi.desk', 'on', true)`.execute(trx);
    return sql.raw(`update ${statement}`).execute(trx);
  });

/** A contract between a person and an organisation, amended and revoked. */
const mixed = async (): Promise<string> => {
  const contract = testContract({ seller: personOf('个人', 'd'), private: { title: '名称' } });
  await desk.feed(life(contract));
  return contract.contractId;
};

const set = (column: string, path: string, value: string) =>
  `${column} = jsonb_set(${column}, '{${path}}', '"${value}"')`;

test.each([
  ['a key', set('seller', 'key,subjectRef', '0'.repeat(64))],
  ['a party id', set('buyer', 'partyId', newId())],
  ['a nature', set('buyer', 'nature', 'person')],
  ['a district', set('seller', 'district', 'kunshan')],
  ["an organisation's name", set('buyer', 'name', 'x')],
  ['another party', 'seller = buyer'],
  ['no broker', 'broker = null'],
  ['a name away', `seller = seller - 'name'`],
])('of a contract nothing but words may be rewritten: not %s', async (_, what) => {
  const id = await mixed();
  await expect(rewrite(`contract set ${what} where contract_id = '${id}'`)).rejects.toThrow(
    /contract keeps everything but its words/,
  );
});

test.each([
  ['the reasons away', `reasons = '[]'`],
  ['a listed code', set('reasons', '0,code', 'fraud')],
  ['a further field', set('reasons', '0,more', 'x')],
  ['an amount', set('facts', 'technologyValueFen', '1')],
  ['a party id', set('facts', 'seller,partyId', newId())],
  ['a key', set('facts', 'seller,key,subjectRef', '0'.repeat(64))],
  ['a nature', set('facts', 'buyer,nature', 'person')],
  ["an organisation's name", set('facts', 'buyer,name', 'x')],
  ['a further fact', set('facts', 'more', 'x')],
])('of a change nothing but words may be rewritten: not %s', async (_, what) => {
  const where = `where contract_id = '${await mixed()}'`;
  const kind = what.startsWith('facts') ? 'facts is not null' : `reasons <> '[]'`;
  await expect(rewrite(`contract_change set ${what} ${where} and ${kind}`)).rejects.toThrow(
    /append-only/,
  );
});

test('titles, names of persons, sentences, and a code that becomes other, may be', async () => {
  const where = `where contract_id = '${await mixed()}'`;
  await rewrite(`contract set title = 'x', ${set('seller', 'name', 'x')} ${where}`);
  await rewrite(`contract_change set ${set('facts', 'seller,name', 'x')} ${where}
    and facts is not null`);
  await rewrite(`contract_change set ${set('facts', 'title', 'x')} ${where} and facts is not null`);
  const rows = await rewrite(`contract_change set ${set('reasons', '0,code', 'other')}
    ${where} and reasons <> '[]'`);
  expect(rows.numAffectedRows).toBe(1n);
  const notes = await rewrite(`contract_change set ${set('reasons', '0,note', 'x')}
    ${where} and reasons <> '[]'`);
  expect(notes.numAffectedRows).toBe(1n);
});

test('the columns of a change that are no words are out of reach', async () => {
  await expect(rewrite('contract_change set changed_on = changed_on')).rejects.toThrow(
    /permission denied/,
  );
});
