import { describe, expect, it } from 'vitest';
import { partyIdOf } from './party.ts';

describe('a party id', () => {
  it('is pinned: the same key gives the same id for ever', () => {
    expect(partyIdOf({ kind: 'domestic', uscc: '91320594780268314T' })).toBe(
      '88926465-4c5d-5f51-a1c0-4e44635ab632',
    );
  });

  it('of a foreign organisation does not depend on case, width or outer blanks', () => {
    const id = partyIdOf({ kind: 'foreign', country: 'DE', registeredName: 'Muster GmbH' });
    expect(partyIdOf({ kind: 'foreign', country: 'DE', registeredName: ' MUSTER ＧｍｂＨ' })).toBe(
      id,
    );
    expect(partyIdOf({ kind: 'foreign', country: 'AT', registeredName: 'Muster GmbH' })).not.toBe(
      id,
    );
  });

  it('of different kinds never meet', () => {
    const text = 'a'.repeat(64);
    const person = partyIdOf({ kind: 'person', subjectRef: text });
    expect(partyIdOf({ kind: 'foreign', country: 'DE', registeredName: text })).not.toBe(person);
  });
});
