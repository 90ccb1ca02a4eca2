import { ContentHash, PublishedContent } from '@jishi/contracts/ledger/published-content';
import { refuseField } from '@jishi/contracts/problem';
import { canonicalJson, type JsonValue } from '@jishi/ledger/domain/index/canonical-json';
import { type Checked, checkPublished } from '@jishi/ledger/domain/publication/check-published';
import type { Difference } from '@jishi/ledger/domain/publication/difference';

const refuse = (field: string, rule: string, zh: string, en: string): Error =>
  refuseField('invalid-input', field, rule, zh, en);

/** What a file holds: an answer of `/index/publications/{period}`, or its `content` alone. */
export interface PublishedFile {
  readonly content: PublishedContent;
  /** The content as it stands in the file: what the hash is over. */
  readonly given: JsonValue;
  readonly contentHash: string | null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('published', 'json', '不是有效的 JSON', 'Not valid JSON');
  }
};

/** Refuses (`invalid-input`, by field) what is no publication of the index family. */
export const readPublished = (text: string): PublishedFile => {
  const whole = jsonOf(text);
  if (!isObject(whole)) {
    throw refuse('published', 'publication-form', '不是发布内容', 'Not a publication');
  }
  const given = isObject(whole.content) ? whole.content : whole;
  const parsed = PublishedContent.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.map(String).join('.') ?? '';
    const en = issue?.message ?? 'Not a publication';
    throw refuse(field, 'publication-form', '发布内容格式有误', en);
  }
  if (given === whole)
    return { content: parsed.data, given: given as JsonValue, contentHash: null };
  const hash = ContentHash.safeParse(whole.contentHash);
  if (hash.success) {
    return { content: parsed.data, given: given as JsonValue, contentHash: hash.data };
  }
  throw refuse(
    'contentHash',
    'hash-form',
    '缺少发布内容的哈希',
    'The hash of the content is missing',
  );
};

const BESIDE = ['period', 'vintage', 'revision'] as const;

/** What an answer says beside its content is what the content says. */
const besideProblems = (whole: unknown, content: PublishedContent): readonly string[] =>
  BESIDE.filter((field) => isObject(whole) && 'content' in whole && field in whole)
    .filter((field) => isObject(whole) && whole[field] !== content[field])
    .map((field) => `content: ${field}: 与答复不符 · the answer says another ${field}`);

/** The strings that follow from a publication alone, and what in it does not. */
export interface Recomputed {
  readonly lines: readonly string[];
  readonly problems: readonly string[];
}

const hashProblem = (
  { given, contentHash }: PublishedFile,
  sha256: (text: string) => string,
): readonly string[] => {
  if (contentHash === null) return [];
  const found = sha256(canonicalJson(given));
  if (found === contentHash) return [];
  const zh = '发布内容与其哈希不符';
  return [`content-hash: ${zh} · the content does not give its hash: ${contentHash}, ${found}`];
};

const problemOf = ({ where, field, published, recomputed }: Difference): string => {
  const [said, found] = [published, recomputed].map((one) => JSON.stringify(one));
  return `${where}: ${field}: 公布 published ${said}, 重算 recomputed ${found}`;
};

/** One line for what it is of, then one for each value that is shown. */
const linesOf = ({ content, contentHash }: PublishedFile, { values }: Checked): string[] => {
  const { period, vintage, revision, head, method } = content;
  const hidden = content.values.filter((one) => one.hidden !== null).length;
  const first = { period, vintage, revision, head, method, contentHash, hidden };
  return [first, ...values].map((one) => JSON.stringify(one));
};

/** Recomputes a publication from its own primitives; needs no log and no database. */
export const recomputePublished = (text: string, sha256: (text: string) => string): Recomputed => {
  const file = readPublished(text);
  const checked = checkPublished(file.content);
  return {
    lines: linesOf(file, checked),
    problems: [
      ...hashProblem(file, sha256),
      ...besideProblems(JSON.parse(text), file.content),
      ...checked.differences.map(problemOf),
    ],
  };
};
