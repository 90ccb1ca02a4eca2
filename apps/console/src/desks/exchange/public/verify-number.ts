import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readFeed, readHead, readMethod } from '@jishi/contracts/ledger/endpoints';
import { readLeaves } from '@jishi/contracts/ledger/log-desk';
import type { readPublication } from '@jishi/contracts/ledger/publication';
import { call } from '../../../api/call.ts';
import { bytesOf, canonicalText, leafOf, sha256 } from '../../../kit/hashing.ts';
import { isValueRight, weightsOf } from './index-check.ts';

export type StepKey = 'content' | 'parameters' | 'value' | 'all' | 'feed';

/** One check: what came out, and what the sentence about it needs. */
export interface StepResult {
  readonly key: StepKey;
  readonly isRight: boolean;
  readonly values: Readonly<Record<string, string | number>>;
  /** What differs: the sequence and its bytes, or a gap; null when nothing does. */
  readonly wrong: { readonly seq: number; readonly bytes: number | null } | null;
  readonly hash: string | null;
}

type Published = AnswerOf<typeof readPublication>;
const NEWEST = 200;

const contentStep = async (published: Published): Promise<StepResult> => {
  const hash = await sha256(bytesOf(canonicalText(published.content)));
  const isRight = hash === published.contentHash;
  return { key: 'content', isRight, values: {}, wrong: null, hash };
};

const valueSteps = async (published: Published, cell: string): Promise<StepResult[]> => {
  const method = await call(readMethod);
  const hash = await sha256(bytesOf(canonicalText(method.parameters)));
  const said = published.content.method.parameterHash;
  const weights = weightsOf(method.parameters);
  const shown = published.content.cells.filter((one) => one.value !== null);
  const bad = shown.filter((one) => !weights || !isValueRight(one, weights));
  const own = shown.find((one) => one.cell === cell);
  const steps: StepResult[] = [
    { key: 'parameters', isRight: hash === said, values: {}, wrong: null, hash },
  ];
  if (own) {
    const isRight = !bad.includes(own);
    const values = { value: own.value ?? '' };
    steps.push({ key: 'value', isRight, values, wrong: null, hash: null });
  }
  const values = { n: shown.length, bad: bad.length };
  steps.push({ key: 'all', isRight: bad.length === 0, values, wrong: null, hash: null });
  return steps;
};

/** The newest events as anybody reads them, against the leaves that were stored with them. */
const feedStep = async (): Promise<StepResult> => {
  const head = await call(readHead);
  const query = { after: Math.max(0, head.seq - NEWEST), limit: NEWEST };
  const [feed, leaves] = await Promise.all([
    call(readFeed, { query }),
    call(readLeaves, { query }),
  ]);
  const stored = new Map(leaves.items.map((item) => [item.seq, item.leaf]));
  const items = feed.items.filter((item) => stored.has(item.seq));
  const values = { n: items.length };
  for (const [at, item] of items.entries()) {
    if (item.seq !== query.after + 1 + at) {
      const wrong = { seq: query.after + 1 + at, bytes: null };
      return { key: 'feed', isRight: false, values, wrong, hash: null };
    }
    const leaf = await leafOf(item.envelope);
    if (leaf !== stored.get(item.seq)) {
      const wrong = { seq: item.seq, bytes: bytesOf(item.envelope).length };
      return { key: 'feed', isRight: false, values, wrong, hash: leaf };
    }
  }
  const hash = stored.get(items.at(-1)?.seq ?? 0) ?? null;
  return { key: 'feed', isRight: true, values, wrong: null, hash };
};

/** Every check that public data allow, in order; each result is told as soon as it is there. */
export const verifyNumber = async (
  published: Published | null,
  cell: string,
  tell: (step: StepResult) => void,
): Promise<void> => {
  if (published) {
    tell(await contentStep(published));
    for (const step of await valueSteps(published, cell)) tell(step);
  }
  tell(await feedStep());
};
