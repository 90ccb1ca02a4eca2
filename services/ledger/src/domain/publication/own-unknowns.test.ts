import { expect, test } from 'vitest';
import { crowd, methodLinkedAt, openLog, publish } from '../../testing/publications.ts';
import { ownUnknowns } from './own-unknowns.ts';

const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('a figure keeps four unknowns of its own, or it is not told', () => {
  const own = ownUnknowns();
  expect(own.add(span(1, 4))).toBe(true);
  expect(own.add(span(1, 7))).toBe(false);
  expect(own.add(span(1, 8))).toBe(true);
  // The same figure again is nothing new.
  expect(own.add(span(1, 8))).toBe(true);
  expect(own.add(span(5, 9))).toBe(false);
});

test('those before hand on what another needs, over several of them', () => {
  const own = ownUnknowns();
  expect(own.add(span(1, 8))).toBe(true);
  expect(own.add(span(1, 12))).toBe(true);
  expect(own.add(span(1, 4))).toBe(true);
  expect(own.add(span(9, 13))).toBe(false);
  expect(own.add(span(5, 16))).toBe(true);
});

test('parts that cross each other are not all told of a few contracts', () => {
  const log = openLog();
  const places = ['gusu', 'sip', 'kunshan'] as const;
  const industries = ['C', 'I', 'M'] as const;
  const fill = (month: string): void => {
    for (const [i, district] of places.entries()) {
      for (const [j, industryCode] of industries.entries()) {
        const fieldCode = (i + j) % 2 === 0 ? 'electronics' : 'materials';
        const name = `${month} ${district} ${industryCode}`;
        log.register(...crowd(name, month, 2, { district, industryCode, fieldCode }));
      }
    }
  };
  for (const month of ['2025-10', '2025-11', '2025-12']) fill(month);
  const method = methodLinkedAt(log.head());
  fill('2026-03');
  const publishing = { method, facts: log.facts, published: [] };
  const { values } = publish(publishing, '2026-03');
  // Eighteen contracts; city, districts, industries and fields would be nine crossing figures.
  const shown = values.filter(({ primitives, windowMonths }) => primitives && windowMonths < 3);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length * 4).toBeLessThanOrEqual(18);
});
