/**
 * Light stemming of English words: plurals, -ed, -ing and -y as in M. F. Porter, "An algorithm for
 * suffix stripping" (Program 14/3, 1980), steps 1a to 1c; then one derivational suffix at most and
 * a final -e. Words with digits stay as they are: a model number has no plural.
 */
const VOWEL = /[aeiouy]/;
const DOUBLED = /([^aeiouylsz])\1$/;
const SHORT_SYLLABLE = /^[^aeiou]*[aeiouy][^aeiouywx]$/;

const withoutPlural = (word: string): string => {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  if (word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word;
  return word.endsWith('s') ? word.slice(0, -1) : word;
};

const mended = (stem: string): string => {
  if (/(at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (DOUBLED.test(stem)) return stem.slice(0, -1);
  return SHORT_SYLLABLE.test(stem) ? `${stem}e` : stem;
};

const withoutEnding = (word: string): string => {
  if (word.endsWith('eed')) return /[aeiouy][^aeiouy].*eed$/.test(word) ? word.slice(0, -1) : word;
  const ending = ['ed', 'ing'].find((suffix) => word.endsWith(suffix));
  if (!ending) return word;
  const stem = word.slice(0, -ending.length);
  return VOWEL.test(stem) ? mended(stem) : word;
};

const withoutY = (word: string): string =>
  word.endsWith('y') && VOWEL.test(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;

/** Longer ones first: the first that fits is taken, and no second one. */
const SUFFIXES = (
  'ational ization fulness ousness iveness ation ition ative ically ical ment ness ally able ible ' +
  'ance ence ion ive iti ic al li er or ous'
).split(' ');
const STEM_LENGTH_MIN = 4;

const withoutSuffix = (word: string): string => {
  const suffix = SUFFIXES.find(
    (s) => word.endsWith(s) && word.length - s.length >= STEM_LENGTH_MIN,
  );
  const short = suffix ? word.slice(0, -suffix.length) : word;
  return short.endsWith('e') && short.length > STEM_LENGTH_MIN ? short.slice(0, -1) : short;
};

const STEMMED_FROM_LENGTH = 4;

/** The stem of a lower-case word; words of three letters or fewer are returned as they are. */
export const stem = (word: string): string =>
  word.length < STEMMED_FROM_LENGTH || !/^[a-z]+$/.test(word)
    ? word
    : withoutSuffix(withoutY(withoutEnding(withoutPlural(word))));
