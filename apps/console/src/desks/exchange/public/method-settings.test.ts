import { expect, test } from 'vitest';
import { settingsOf } from './method-settings.ts';

test('each value of the parameters has one line with the way to it', () => {
  const parameters = {
    base: { from: '2025-01', freezeHead: null },
    exclude: ['relatedParty', 'subcontractCopy'],
    editions: [{ linkYear: '2025', weights: { S: '3/10' } }, { linkYear: '2026' }],
  };
  expect(settingsOf(parameters)).toStrictEqual([
    { name: 'base.from', value: '2025-01' },
    { name: 'base.freezeHead', value: 'null' },
    { name: 'exclude', value: 'relatedParty · subcontractCopy' },
    { name: 'editions[0].linkYear', value: '2025' },
    { name: 'editions[0].weights.S', value: '3/10' },
    { name: 'editions[1].linkYear', value: '2026' },
  ]);
});
