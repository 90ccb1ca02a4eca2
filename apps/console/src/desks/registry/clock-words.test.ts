import type { ReviewClock } from '@jishi/contracts/ledger/registration';
import { expect, test } from 'vitest';
import { clockWords } from './clock-words.ts';
import { registryWords } from './words.ts';

const CLOCK: ReviewClock = {
  regime: 'CN-2026',
  amountClass: 'ordinary',
  days: 15,
  unit: 'working-days',
  status: 'DRAFT',
  startedOn: '2026-11-04',
  dueOn: '2026-11-25',
  workingDaysLeft: 3,
  overdueWorkingDays: 0,
  overdue: false,
  provisional: false,
  decidedOn: null,
};

const said = (clock: Partial<ReviewClock>, today = '2026-11-20') =>
  clockWords(
    { status: 'accepted', clock: { ...CLOCK, ...clock }, submittedOn: '2026-11-03' },
    today,
    registryWords.zh,
  );

test('the clock says what is left and until when, amber from three working days on', () => {
  expect(said({})).toStrictEqual({ text: '剩 3 个工作日（11-25 到期）', tone: 'warn' });
  expect(said({ workingDaysLeft: 4 }).tone).toBe('plain');
  expect(said({ workingDaysLeft: 1 }).tone).toBe('warn');
});

test('it is red on the due day and says how long it is overdue after it', () => {
  expect(said({ workingDaysLeft: 0 })).toStrictEqual({ text: '今日到期（11-25）', tone: 'bad' });
  expect(said({ workingDaysLeft: 0, overdue: true, overdueWorkingDays: 2 })).toStrictEqual({
    text: '已超期 2 个工作日（11-25 到期）',
    tone: 'bad',
  });
});

test('a due day of another year is said with its year', () => {
  expect(said({}, '2027-01-04').text).toBe('剩 3 个工作日（2026-11-25 到期）');
});

test('a decided case keeps no clock, but says when it was late', () => {
  expect(said({ decidedOn: '2026-11-24', workingDaysLeft: null }).text).toBe('已办结');
  const late = { decidedOn: '2026-11-27', overdue: true, overdueWorkingDays: 2 };
  expect(said(late)).toStrictEqual({ text: '已办结，超期 2 个工作日', tone: 'warn' });
});

test('before acceptance, and during supplements, no clock runs', () => {
  const waiting = { clock: null, submittedOn: '2026-11-19' };
  const words = (status: 'submitted' | 'returned') =>
    clockWords({ ...waiting, status }, '2026-11-20', registryWords.zh).text;
  expect(words('submitted')).toBe('待受理（11-19 提交）');
  expect(words('returned')).toBe('退回补正中，重交后重新计时');
  const older = clockWords(
    { ...waiting, status: 'returned' },
    '2026-11-20',
    registryWords.zh,
    'acceptance',
  );
  expect(older.text).toBe('退回补正中，重交并再次受理后重新计时');
});
