import { expect, test } from 'vitest';
import { Unreadable } from './sheet.ts';
import { Turns } from './turns.ts';

const LIMITS = { atOnce: 1, waitingMax: 20, ofOneMax: 2 };

/** Asks for a turn each and writes down who got one. */
const askedBy = (turns: Turns, names: readonly string[]) => {
  const got: string[] = [];
  const ended = names.map(async (name) => {
    try {
      await turns.take(name);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      got.push(`${name} ${error.code}`);
      return;
    }
    got.push(name);
    await new Promise((done) => setImmediate(done));
    turns.leave(name);
  });
  return Promise.all(ended).then(() => got);
};

test('those who ask go in turn, not in the order of their files', async () => {
  const names = ['甲', '甲', '乙', '乙', '丙'];
  expect(await askedBy(new Turns(LIMITS), names)).toStrictEqual(['甲', '乙', '丙', '甲', '乙']);
});

test('a third file of one asker is sent away, and the first of another is not', async () => {
  const turns = new Turns(LIMITS);
  const got = await askedBy(turns, ['甲', '甲', '甲', '乙']);
  expect(got).toHaveLength(4);
  expect(got).toContain('甲 busy-for-you');
  expect(got.filter((each) => each === '甲')).toHaveLength(2);
  expect(got).toContain('乙');
  expect(await askedBy(turns, ['甲', '甲'])).toStrictEqual(['甲', '甲']);
});

test('no place is lost or made, with several at once', async () => {
  const turns = new Turns({ ...LIMITS, atOnce: 2, waitingMax: 2 });
  const got = await askedBy(turns, ['甲', '乙', '丙', '丁', '戊']);
  expect(got.toSorted()).toStrictEqual(['丁', '丙', '乙', '戊 busy', '甲'].toSorted());
  const again = await askedBy(turns, ['甲', '乙', '丙', '丁']);
  expect(again.toSorted()).toStrictEqual(['丁', '丙', '乙', '甲'].toSorted());
});
