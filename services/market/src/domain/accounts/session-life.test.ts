import { describe, expect, it } from 'vitest';
import { isSessionOpen } from './session-life.ts';

const START = '2026-03-02T00:00:00.000Z';
const after = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('life of a session', () => {
  it.each([
    ['an officer, idle just under 30 minutes', ['registrar'], 0, 30 * MINUTE - 1, true],
    ['an officer, idle 30 minutes', ['registrar'], 0, 30 * MINUTE, false],
    [
      'an officer, busy, just under 12 hours old',
      ['buyer', 'auditor'],
      11.9 * HOUR,
      12 * HOUR - 1,
      true,
    ],
    ['an officer, busy, 12 hours old', ['buyer', 'auditor'], 11.9 * HOUR, 12 * HOUR, false],
    ['a trader, idle just under 12 hours', ['buyer'], 0, 12 * HOUR - 1, true],
    ['a trader, idle 12 hours', ['buyer'], 0, 12 * HOUR, false],
    ['a trader, busy, just under 7 days old', ['broker'], 167 * HOUR, 168 * HOUR - 1, true],
    ['a trader, busy, 7 days old', ['broker'], 167 * HOUR, 168 * HOUR, false],
    ['nobody yet, idle just under 12 hours', [], 0, 12 * HOUR - 1, true],
  ] as const)('%s', (_, roles, seenMs, nowMs, open) => {
    const session = { startedAt: START, seenAt: after(seenMs) };
    expect(isSessionOpen(session, roles, after(nowMs))).toBe(open);
  });
});
