import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp } from './testing.ts';

let ledger: TestApp;
beforeAll(async () => {
  ledger = await openTestApp('as_of');
});
afterAll(() => ledger.end());

const read = async <T>(path: string): Promise<T> =>
  (await (await ledger.call('GET', path, null)).json()) as T;

const headAt = async (instant: string) =>
  (await read<{ seq: number; recordedAt: string | null }>(`/log/head?recordedAt=${instant}`)) ?? {};

test('as of a recorded time is the last event of then or before, whatever came later', async () => {
  const desk = openTestDesk(ledger);
  const days = ['2026-11-20', '2026-11-20', '2026-11-23', '2026-11-24'];
  for (const day of days) {
    ledger.setNow(`${day}T02:00:00.000Z`);
    await desk.submit(desk.submission());
  }
  const { items } = await read<{ items: { seq: number; envelope: string }[] }>('/feed');
  const recorded = items.map(({ seq, envelope }) => {
    const { recordedAt } = JSON.parse(envelope) as { recordedAt: string };
    return { seq, recordedAt };
  });
  expect(recorded).toHaveLength(days.length + 1);
  const last = recorded.at(-1);
  for (const { recordedAt } of recorded) {
    const told = recorded.filter((one) => one.recordedAt <= recordedAt).at(-1);
    expect(await headAt(recordedAt)).toMatchObject(told ?? {});
    const before = new Date(Date.parse(recordedAt) - 1).toISOString();
    const earlier = recorded.filter((one) => one.recordedAt <= before).at(-1);
    expect(await headAt(before)).toMatchObject(earlier ?? { seq: 0, recordedAt: null });
  }
  expect(await headAt('2026-11-20T02:00:00.000Z')).toMatchObject({ seq: 3 });
  expect(await headAt('2030-01-01T00:00:00.000Z')).toMatchObject(last ?? {});
  expect((await ledger.call('GET', '/log/head?recordedAt=yesterday', null)).status).toBe(400);
});

test('as of its sequence everything answers as it did then, also after a later change', async () => {
  const desk = openTestDesk(ledger);
  ledger.setNow('2026-11-25T02:00:00.000Z');
  const contractId = await desk.register({ contractValueFen: '40000000' });
  const operator = ledger.person(['exchange-operator']);
  const gaugeAt = async (asOf: number) => {
    const path = `/gauge?year=2026&asOf=${asOf}`;
    return ledger.as(operator, 'GET', path);
  };
  const { seq } = await headAt('2026-11-25T02:00:00.000Z');
  expect(seq).toBe(desk.lastSeq());
  const before = await gaugeAt(seq);
  expect(before).toMatchObject({ contractCount: 1, contractValueFen: '40000000' });

  ledger.setNow('2026-11-26T02:00:00.000Z');
  const { changeId } = await desk.propose(contractId, 3, 'revoke');
  const confirm = `changes/${changeId}/confirm`;
  await desk.act(desk.people.senior, contractId, confirm, 4);
  const { seq: later } = await headAt('2026-11-26T02:00:00.000Z');
  expect(later).toBe(seq + 2);
  expect(await gaugeAt(seq)).toMatchObject({ contractCount: 1, contractValueFen: '40000000' });
  expect(await gaugeAt(later)).toMatchObject({ contractCount: 0, contractValueFen: '0' });
  expect(await headAt('2026-11-25T02:00:00.000Z')).toMatchObject({ seq });
});
