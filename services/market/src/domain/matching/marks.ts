import type { PhraseFields } from './phrases.ts';
import { normalised, tokensOf } from './tokens.ts';

export interface FieldMark<Field extends string = string> {
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

const MARKS_MAX = 200;

/** A text normalised character by character, with the original offset of each of its units. */
const withOffsets = (text: string): { readonly text: string; readonly offsets: number[] } => {
  let out = '';
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    const form = normalised(character);
    for (let i = 0; i < form.length; i++) offsets.push(at);
    out += form;
    at += character.length;
  }
  offsets.push(at);
  return { text: out, offsets };
};

interface Span {
  readonly start: number;
  readonly end: number;
}

const occurrences = (text: string, phrase: string): Span[] => {
  const spans: Span[] = [];
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length)) {
    spans.push({ start: at, end: at + phrase.length });
  }
  return spans;
};

/** Overlapping and touching spans become one, in order of place. */
const merged = (spans: readonly Span[]): Span[] => {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last && span.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else result.push(span);
  }
  return result;
};

const spansIn = (text: string, phrases: readonly string[]): Span[] => {
  const stems = new Set(
    phrases
      .filter((phrase) => !/^\p{Script=Han}/u.test(phrase))
      .flatMap((phrase) => tokensOf(normalised(phrase)).map((token) => token.term)),
  );
  const words = stems.size === 0 ? [] : tokensOf(text).filter((token) => stems.has(token.term));
  const han = phrases.filter((phrase) => /^\p{Script=Han}/u.test(phrase));
  return merged([...han.flatMap((phrase) => occurrences(text, phrase)), ...words]);
};

/** Where phrases stand in the fields as they were given: UTF-16 offsets, half-open. */
export const marksOf = <Fields extends PhraseFields>(
  fields: Fields,
  phrases: readonly string[],
): FieldMark<keyof Fields & string>[] =>
  Object.entries(fields)
    .flatMap(([field, original]) => {
      const { text, offsets } = withOffsets(original);
      return spansIn(text, phrases).flatMap(({ start, end }) => {
        const from = offsets[start];
        // The end of the last character that the span touches, whatever it was folded into.
        const last = offsets[end - 1];
        const to = offsets.find((offset) => last !== undefined && offset > last);
        return from === undefined || to === undefined ? [] : [{ field, start: from, end: to }];
      });
    })
    .slice(0, MARKS_MAX);
