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

test('the words of a change may be rewritten, and nothing else of it', async () => {
  const rewrite = (what: string) =>
    desk.db.transaction().execute(async (trx) => {
      await sql`select set_config('jishi.desk', 'on', true)`.execute(trx);
      return sql.raw(`update contract_change set ${what}`).execute(trx);
    });
  await expect(rewrite(`reasons = '[]'`)).rejects.toThrow(/append-only/);
  await expect(rewrite(`facts = jsonb_set(facts, '{technologyValueFen}', '"1"')`)).rejects.toThrow(
    /append-only/,
  );
  await expect(
    rewrite(`facts = jsonb_set(facts, '{seller,partyId}', '"1"') where facts is not null`),
  ).rejects.toThrow(/append-only/);
  await expect(rewrite('changed_on = changed_on')).rejects.toThrow(/permission denied/);
});
