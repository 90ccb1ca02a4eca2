import { ERASED_TEXT } from '@jishi/contracts/ledger/erasure';
import { EVENT_PRIVATE, type EventType } from '@jishi/contracts/ledger/events';
import { describe, expect, test } from 'vitest';
import { keptOf } from './erasure.ts';
import * as x from './examples.ts';
import { PARTY, REDACTIONS, type Redaction, redact } from './redaction.ts';

/** As much of a zod schema as the walk reads. */
interface Schema {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, Schema>>;
    readonly element?: Schema;
    readonly options?: readonly Schema[];
    readonly innerType?: Schema;
    readonly in?: Schema;
    readonly format?: string;
    readonly checks?: readonly { readonly _zod: { readonly def: { readonly check: string } } }[];
  };
}

/** A string that any sentence fits: no format and no pattern holds it to a code. */
const isFreeText = ({ def }: Schema): boolean =>
  def.type === 'string' &&
  def.format === undefined &&
  !(def.checks ?? []).some(({ _zod }) => _zod.def.check === 'string_format');

/** Paths of free texts that are kept, and of fields without a rule or rules without a field. */
const faultsOf = (schema: Schema, rule: Redaction | undefined, path: string): string[] => {
  const { type, shape, element, options, innerType } = schema.def;
  const inner = innerType ?? schema.def.in;
  if (rule === undefined) return [`${path} has no rule`];
  if (inner) return faultsOf(inner, rule, path);
  if (rule === 'party') return faultsOf(schema, PARTY, path);
  if (shape) {
    const rules = rule === 'keep' ? null : (rule as Record<string, Redaction>);
    const gone = Object.keys(rules ?? {}).filter((name) => !(name in shape));
    return [
      ...gone.map((name) => `${path}.${name} is no field`),
      ...Object.entries(shape).flatMap(([name, one]) =>
        faultsOf(one, rules ? rules[name] : 'keep', `${path}.${name}`),
      ),
    ];
  }
  if (element) return faultsOf(element, rule === 'keep' ? rule : (rule[0] as Redaction), path);
  if (options) return options.flatMap((option) => faultsOf(option, rule, path));
  if (type === 'record') return [`${path} may hold anything`];
  return rule === 'keep' && isFreeText(schema) ? [`${path} is free text, kept`] : [];
};

/** Strings that stay though no pattern holds them: names of organisations, and codes of ours. */
const KNOWN: readonly RegExp[] = [
  // Held to eighteen characters with a check digit.
  /\.key\.uscc is free text, kept$/,
  /\.(seller|buyer|broker)\.key\.registeredName is free text, kept$/,
  /^ChangeProposed\.amended\.public\.contractSubType is free text, kept$/,
  // Already redacted when the erasing event was made.
  /^PrivatePartErased\.kept\.facts may hold anything$/,
];

test('every field of every private part is classified: a new free text fails here first', () => {
  expect(Object.keys(REDACTIONS).sort()).toStrictEqual(Object.keys(EVENT_PRIVATE).sort());
  const faults = Object.entries(EVENT_PRIVATE).flatMap(([type, schema]) =>
    faultsOf(schema as unknown as Schema, REDACTIONS[type as keyof typeof REDACTIONS], type),
  );
  expect(faults.filter((fault) => !KNOWN.some((known) => known.test(fault)))).toStrictEqual([]);
  for (const known of KNOWN) expect(faults.some((fault) => known.test(fault))).toBe(true);
});

test('the walk sees a new free text, and a field without a rule', () => {
  const reasons = EVENT_PRIVATE.ChangeRejected as unknown as Schema;
  expect(faultsOf(reasons, 'keep', 'x')).toContain('x.reasons.note is free text, kept');
  expect(faultsOf(reasons, { reasons: [{ code: 'keep' }] }, 'x')).toContain(
    'x.reasons.note has no rule',
  );
});

const person = (name: string) => ({
  ...{ partyId: x.CONTRACT, key: { kind: 'person', subjectRef: 'd'.repeat(64) }, name },
  ...{ nature: 'person', district: 'sip' },
});

describe('what is left', () => {
  const { private: hidden } = x.facts();
  const form = { patentNumbers: ['ZL1', 'ZL2'], planSource: 'none' };
  const facts = { ...hidden, form, seller: person('王某某'), broker: x.FOREIGNER };

  test('title, patent numbers and the names of persons go; organisations stay', () => {
    expect(redact('ContractRegistered', facts)).toStrictEqual({
      ...facts,
      title: ERASED_TEXT,
      seller: person(ERASED_TEXT),
      form: { patentNumbers: [ERASED_TEXT, ERASED_TEXT], planSource: 'none' },
    });
  });

  test('a sentence goes; a code stays when it is of the published list', () => {
    const listed = { code: 'form-wrong', note: '王某某' };
    const own = { code: 'wang-mou-mou', note: '' };
    expect(redact('SupplementRequested', { reasons: [listed, own] })).toStrictEqual({
      reasons: [
        { code: 'form-wrong', note: ERASED_TEXT },
        { code: 'other', note: '' },
      ],
    });
  });

  test('redacting again changes nothing, and a field that nobody knows stops it', () => {
    const once = redact('ContractRegistered', facts);
    expect(redact('ContractRegistered', once)).toStrictEqual(once);
    expect(() => redact('ContractRegistered', { ...facts, nickname: '小王' })).toThrow(
      'ContractRegistered.nickname has no rule of redaction',
    );
    expect(() => redact('ContractAccepted', {})).toThrow('ContractAccepted has no private facts');
  });

  test('only parts with words are erased, each once', () => {
    const part = (seq: number, type: EventType, of: Record<string, unknown> | null) => ({
      ...{ seq, type, actor: x.SALES.actor, facts: of },
    });
    const parts = [
      part(4, 'ContractSubmitted', facts),
      part(5, 'ContractAccepted', null),
      part(6, 'ReceiptRecorded', x.receiptOf('1')),
      part(7, 'PrivatePartErased', { kept: [] }),
    ];
    const kept = keptOf(parts);
    expect(kept.map(({ seq }) => seq)).toStrictEqual([4, 6]);
    expect(keptOf(kept.map((one) => part(one.seq, 'ContractSubmitted', facts)))).toHaveLength(2);
    expect(keptOf([part(4, 'ContractSubmitted', kept[0]?.facts ?? {})])).toStrictEqual([]);
  });
});
