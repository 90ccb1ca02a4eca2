import type { Disclosure } from '@jishi/contracts/ledger/proofs';
import { parseCheckpoint } from '@jishi/proof/checkpoint';
import { commitmentOf, leafHash } from '@jishi/proof/hash';
import { openNote, parseVerifierKey } from '@jishi/proof/note';
import { verifyConsistency, verifyInclusion } from '@jishi/proof/tree';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp, testParty } from './testing.ts';

let ledger: TestApp;
let desk: ReturnType<typeof openTestDesk>;
let contractId: string;
let size: number;

const bytes = (hex: unknown): Buffer => Buffer.from(String(hex), 'hex');
const all = (path: unknown): Buffer[] => (path as string[]).map(bytes);
const get = async (path: string) => {
  const response = await ledger.call('GET', path, null);
  const body = (await response.json()) as Record<string, unknown>;
  const cache = response.headers.get('cache-control');
  return { ...body, status: response.status, cache } as Record<string, unknown>;
};

beforeAll(async () => {
  ledger = await openTestApp('proofs');
  desk = openTestDesk(ledger);
  for (let i = 0; i < 3; i += 1) contractId = await desk.register();
  size = desk.lastSeq();
});

afterAll(() => ledger.end());

describe('signed heads', () => {
  test('one that covers an event is signed when it is asked for', async () => {
    const head = await get(`/log/signed-head?atLeast=${size}`);
    const { text } = openNote(String(head.note), [parseVerifierKey(String(head.verifierKey))]);
    const checkpoint = parseCheckpoint(text);
    expect(head).toMatchObject({
      ...{ status: 200, size, kind: 'synthetic', keyName: checkpoint.origin },
      root: Buffer.from(checkpoint.root).toString('hex'),
      recordedAt: checkpoint.recordedAt,
    });
  });

  test('beyond the log there is none', async () => {
    const refused = await get(`/log/signed-head?atLeast=${size + 1}`);
    expect(refused).toMatchObject({ status: 422, type: expect.stringContaining('as-of-beyond') });
  });

  test('are found by size and by instant', async () => {
    await get(`/log/signed-head?atLeast=${size}`);
    const { items } = (await get('/log/signed-heads')) as unknown as {
      items: { size: number; recordedAt: string }[];
    };
    expect(items[0]?.size).toBe(size);
    const at = items[0]?.recordedAt ?? '';
    expect(await get(`/log/signed-heads?at=${at}&limit=1`)).toMatchObject({ items: [{ size }] });
    const before = new Date(new Date(at).getTime() - 1).toISOString();
    const earlier = (await get(`/log/signed-heads?at=${before}`)) as unknown as typeof items & {
      items: { recordedAt: string }[];
    };
    expect(earlier.items.every((head) => head.recordedAt <= before)).toBe(true);
    expect(await get('/log/signed-heads?before=1')).toMatchObject({ items: [], next: null });
  });

  test('their keys are told', async () => {
    expect(await get('/log/keys')).toMatchObject({ items: [{ lastSize: size }] });
  });
});

describe('proofs', () => {
  test('every event is proven in the latest head and in every size it is in', async () => {
    const feed = (await get('/feed?limit=1000')) as unknown as {
      items: { seq: number; envelope: string }[];
    };
    for (const { seq, envelope } of feed.items) {
      for (const of of [undefined, seq, size]) {
        const proof = await get(`/log/proof/inclusion?seq=${seq}${of ? `&size=${of}` : ''}`);
        const claim = { index: seq - 1, size: Number(proof.size), leaf: leafHash(envelope) };
        const { path, root } = proof as unknown as { path: string[]; root: string };
        expect(verifyInclusion({ ...claim, path: all(path), root: bytes(root) })).toBe(true);
        expect(proof).toMatchObject({ seq, leaf: claim.leaf.toString('hex') });
      }
    }
  });

  test('a proof under a signed head of a named size may be kept for life, the default not', async () => {
    await get(`/log/signed-head?atLeast=${size}`);
    expect((await get(`/log/proof/inclusion?seq=1&size=${size}`)).cache).toContain('immutable');
    expect((await get('/log/proof/inclusion?seq=1')).cache).not.toContain('immutable');
  });

  test('every shorter log is the beginning of the longer one', async () => {
    for (let from = 1; from <= size; from += 1) {
      const proof = (await get(`/log/proof/consistency?from=${from}&to=${size}`)) as unknown as {
        fromRoot: string;
        toRoot: string;
        path: string[];
      };
      const roots = { firstRoot: bytes(proof.fromRoot), secondRoot: bytes(proof.toRoot) };
      expect(
        verifyConsistency({ first: from, second: size, ...roots, path: all(proof.path) }),
      ).toBe(true);
    }
  });

  test.each([
    [() => `inclusion?seq=${size + 1}`, 422, 'query.seq'],
    [() => `inclusion?seq=1&size=${size + 1}`, 422, 'query.size'],
    [() => `consistency?from=1&to=${size + 1}`, 422, 'query.to'],
    [() => 'inclusion?seq=3&size=2', 400, 'query.seq'],
    [() => 'consistency?from=3&to=2', 400, 'query.from'],
    [() => 'inclusion?seq=0', 400, 'query.seq'],
  ])('what lies beyond is refused by the field that does (%#)', async (path, status, field) => {
    const refused = await get(`/log/proof/${path()}`);
    expect(refused).toMatchObject({ status, fields: [{ field }] });
  });
});

describe('the disclosure of a contract', () => {
  const disclosed = async (who: Parameters<TestApp['as']>[0]): Promise<Disclosure> =>
    (await desk.read(who, `/registrations/${contractId}/history`)) &&
    ((await ledger.as(who, 'GET', `/registrations/${contractId}/disclosure`)) as never);

  test('proves every event of the contract, and every private part that it holds', async () => {
    for (const who of [desk.people.seller, desk.people.registrar, desk.people.auditor]) {
      const file = await disclosed(who);
      const { text } = openNote(file.note, [parseVerifierKey(file.verifierKey)]);
      const { root, size: headSize } = parseCheckpoint(text);
      expect(file.events).toHaveLength(3);
      for (const { seq, envelope, salt, private: body, path } of file.events) {
        const claim = { index: seq - 1, size: headSize, leaf: leafHash(envelope), root };
        expect(verifyInclusion({ ...claim, path: all(path) })).toBe(true);
        if (salt === null || body === null) continue;
        const { commit } = JSON.parse(envelope) as { commit: string };
        expect(commitmentOf(bytes(salt), body).toString('hex')).toBe(commit);
      }
    }
  });

  test('a party is shown facts of the contract, and nothing that only names an officer', async () => {
    const types = (file: Disclosure) =>
      file.events.map(({ envelope, private: body }) => [JSON.parse(envelope).type, body !== null]);
    expect(types(await disclosed(desk.people.buyer))).toStrictEqual([
      ['ContractSubmitted', true],
      ['ContractAccepted', false],
      ['ContractRegistered', true],
    ]);
    expect(types(await disclosed(desk.people.auditor)).every(([, shown]) => shown)).toBe(true);
  });

  test('is not found for anybody else, and never kept', async () => {
    const stranger = ledger.person(['buyer'], testParty('30000003'));
    expect(await disclosed(stranger)).toMatchObject({ status: 404 });
    const token = await ledger.people.tokenFor(desk.people.seller, 'ledger');
    const path = `/registrations/${contractId}/disclosure`;
    const response = await ledger.call('GET', path, token);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect((await ledger.call('GET', path, null)).status).toBe(401);
  });
});

test('a log that was changed gives no proof under its signed head', async () => {
  await get(`/log/signed-head?atLeast=${size}`);
  await ledger.pool.query(`update log set leaf = sha256('x') where seq = 2`);
  expect((await get('/log/proof/inclusion?seq=1')).status).toBe(500);
});
