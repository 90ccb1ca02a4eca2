import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--((?:light|wall)-[\w-]+):\s*(#[0-9A-F]{6});/g)].map(([, name, hex]) => [
    name ?? '',
    hex ?? '',
  ]),
);

const channel = (hex: string, from: number): number => {
  const part = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
const luminance = (hex: string): number =>
  0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);

/** WCAG 2.2 contrast ratio of two tokens. */
const contrast = (a: string, b: string): number => {
  const hexes = [a, b].map((name) => {
    const hex = tokens.get(name);
    if (!hex) throw new Error(`no token ${name}`);
    return luminance(hex);
  });
  const [high = 0, low = 0] = hexes.sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const TEXT_MIN = 4.5;
const SHAPE_MIN = 3;
const LIGHT_TEXTS = ['ink', 'text-2', 'text-3', 'primary', 'primary-strong', 'up', 'down', 'warn'];
const WALL_TEXTS = ['text', 'text-2', 'text-3', 'accent', 'gold', 'up', 'down', 'stale'];

test('every text colour reads on every ground of the light theme', () => {
  for (const text of LIGHT_TEXTS) {
    for (const ground of ['card', 'page', 'tint']) {
      expect(contrast(`light-${text}`, `light-${ground}`), text).toBeGreaterThanOrEqual(TEXT_MIN);
    }
  }
});

test('every text colour reads on every ground of the wall', () => {
  for (const text of WALL_TEXTS) {
    for (const ground of ['page', 'card', 'raised']) {
      expect(contrast(`wall-${text}`, `wall-${ground}`), text).toBeGreaterThanOrEqual(TEXT_MIN);
    }
  }
});

test('tile text reads on each of the five levels', () => {
  for (const level of [1, 2, 3, 4]) {
    expect(contrast('light-ink', `light-level-${level}`)).toBeGreaterThanOrEqual(TEXT_MIN);
    expect(contrast('wall-text', `wall-level-${level}`)).toBeGreaterThanOrEqual(TEXT_MIN);
  }
  expect(contrast('light-card', 'light-level-5')).toBeGreaterThanOrEqual(TEXT_MIN);
  expect(contrast('wall-page', 'wall-level-5')).toBeGreaterThanOrEqual(TEXT_MIN);
});

test('the words of a problem read on their own tint', () => {
  expect(contrast('light-up', 'light-up-tint')).toBeGreaterThanOrEqual(TEXT_MIN);
  expect(contrast('wall-up', 'wall-raised')).toBeGreaterThanOrEqual(TEXT_MIN);
});

test('borders of controls and the fill of the gauge stand out from the card', () => {
  expect(contrast('light-border', 'light-card')).toBeGreaterThanOrEqual(SHAPE_MIN);
  expect(contrast('light-target', 'light-card')).toBeGreaterThanOrEqual(SHAPE_MIN);
  expect(contrast('wall-gold', 'wall-track')).toBeGreaterThanOrEqual(SHAPE_MIN);
  expect(contrast('wall-text', 'wall-track')).toBeGreaterThanOrEqual(SHAPE_MIN);
});

test('the ratio is computed as the brief did: ink on white is 16.46', () => {
  expect(contrast('light-ink', 'light-card')).toBeCloseTo(16.46, 1);
});

test('pages name what a colour is for, never a colour', () => {
  const used = [...css.matchAll(/:\s*var\(--((?:light|wall)-[\w-]+)\)/g)].map(([, name]) => name);
  for (const name of used) expect(tokens.has(name ?? '')).toBe(true);
});
