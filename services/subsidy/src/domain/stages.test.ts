import { describe, expect, test } from 'vitest';
import { type CaseWay, stagesOf } from './stages.ts';

const open: CaseWay = {
  status: 'open',
  openedAt: '2026-07-01T02:00:00.000Z',
  waitsSince: '2026-07-01T02:00:00.000Z',
  decidedAt: null,
  approvedAt: null,
  payableFrom: null,
  paidAt: null,
};
const decided: CaseWay = { ...open, status: 'decided', decidedAt: '2026-07-02T02:00:00.000Z' };
const approved: CaseWay = {
  ...decided,
  status: 'approved',
  approvedAt: '2026-07-03T02:00:00.000Z',
  payableFrom: '2026-07-10',
};

const statesOf = (way: CaseWay, today = '2026-07-09') =>
  stagesOf(way, today).map((stage) => stage.state);

describe('the way of a case', () => {
  test('says at each step what is done, what waits and what comes', () => {
    expect(statesOf(open)).toStrictEqual([
      ...['done', 'done', 'current', 'ahead', 'ahead', 'ahead'],
    ]);
    expect(statesOf(decided)[3]).toBe('current');
    expect(statesOf(approved)).toStrictEqual([
      ...['done', 'done', 'done', 'done', 'current', 'ahead'],
    ]);
    expect(statesOf(approved, '2026-07-10').slice(4)).toStrictEqual(['done', 'current']);
    const paid: CaseWay = { ...approved, status: 'paid', paidAt: '2026-07-11T02:00:00.000Z' };
    expect(statesOf(paid, '2026-07-12')).toStrictEqual(Array.from({ length: 6 }, () => 'done'));
  });

  test('drops what will not come: refused after the approval, closed at once', () => {
    const refused: CaseWay = { ...approved, status: 'refused', payableFrom: null };
    expect(statesOf(refused).slice(4)).toStrictEqual(['dropped', 'dropped']);
    expect(statesOf({ ...open, status: 'closed' }).slice(2)).toStrictEqual([
      ...['dropped', 'dropped', 'dropped', 'dropped'],
    ]);
  });

  test('counts waiting days by the business day: a minute over midnight in Shanghai is one', () => {
    const way = { ...open, waitsSince: '2026-07-01T15:59:00.000Z' };
    const daysOf = (today: string) => stagesOf(way, today)[2]?.days;
    expect([daysOf('2026-07-01'), daysOf('2026-07-02')]).toStrictEqual([0, 1]);
  });
});
