import type { AnswerOf } from '@jishi/contracts/endpoint';
import { readFeed, readHead } from '@jishi/contracts/ledger/endpoints';
import { readLeaves } from '@jishi/contracts/ledger/log-desk';
import type { readPublication } from '@jishi/contracts/ledger/publication';
import { call } from '../../../api/call.ts';
import { bytesOf, canonicalText, leafOf, sha256 } from '../../../kit/hashing.ts';
import { checkEvent } from '../proof/event-check.ts';
import { checkHead } from '../proof/head-check.ts';
import { envelopeAt, headAtLeast, proofOf } from '../proof/log-reader.ts';
import { bad, ok, type ProofStep, type StepText, type Tell } from '../proof/step.ts';
import { isValueRight } from './index-check.ts';

type Published = AnswerOf<typeof readPublication>;
const NEWEST = 200;

type Values = ProofStep['values'];
const judged = (isRight: boolean, text: StepText, values: Values, hash: string | null = null) =>
  isRight ? ok(text, values, hash) : bad(text, values, 'advice.publication', hash);

const contentStep = async (published: Published): Promise<ProofStep> => {
  const hash = await sha256(bytesOf(canonicalText(published.content)));
  return judged(hash === published.contentHash, 'step.content', {}, hash);
};

/** Every shown value from the numbers beside it; `recompute --published` checks each string. */
const valueSteps = ({ content }: Published, cell: string): ProofStep[] => {
  const shown = content.values.filter((one) => one.value !== null);
  const wrong = shown.filter((one) => !isValueRight(content, one));
  const own = shown.find((one) => one.series === cell);
  const values = { n: shown.length, bad: wrong.length };
  return [
    ...(own ? [judged(!wrong.includes(own), 'step.value', { value: own.value ?? '' })] : []),
    judged(wrong.length === 0, 'step.all', values),
  ];
};

/** The newest events as anybody reads them, against the leaves that were stored with them. */
const feedStep = async (): Promise<ProofStep> => {
  const head = await call(readHead);
  const query = { after: Math.max(0, head.seq - NEWEST), limit: NEWEST };
  const [feed, leaves] = await Promise.all([
    call(readFeed, { query }),
    call(readLeaves, { query }),
  ]);
  const stored = new Map(leaves.items.map((item) => [item.seq, item.leaf]));
  const items = feed.items.filter((item) => stored.has(item.seq));
  for (const [at, { seq, envelope }] of items.entries()) {
    const expected = query.after + 1 + at;
    if (seq !== expected) return bad('step.feedGap', { seq: expected }, 'advice.feed');
    const leaf = await leafOf(envelope);
    if (leaf === stored.get(seq)) continue;
    const bytes = bytesOf(envelope).length;
    return bad('step.feedLeaf', { seq, bytes }, 'advice.feed', leaf);
  }
  const hash = stored.get(items.at(-1)?.seq ?? 0) ?? null;
  return ok('step.feed', { n: items.length }, hash);
};

/** The event that the number is as of: within a signed head, and in it at its place. */
const checkSigned = async (seq: number, tell: Tell): Promise<void> => {
  const signed = await headAtLeast(seq);
  const envelope = signed ? await envelopeAt(seq) : null;
  if (!signed || envelope === null) return tell(bad('step.uncovered', { seq }, 'advice.later'));
  const head = await checkHead(signed.note, [signed.verifierKey], tell);
  if (!head) return;
  const isCovered = seq <= head.size;
  const values = { seq, size: head.size };
  if (!isCovered) return tell(bad('step.uncovered', values, 'advice.altered'));
  tell(ok('step.covered', values));
  await checkEvent({ seq, envelope }, await proofOf(seq, head.size), head, tell);
};

/** Every check that public data allow, in order; each result is told as soon as it is there. */
export const verifyNumber = async (
  published: Published | null,
  cell: string,
  tell: Tell,
): Promise<void> => {
  if (published) {
    tell(await contentStep(published));
    for (const step of valueSteps(published, cell)) tell(step);
  }
  tell(await feedStep());
  const seq = published?.head.seq ?? (await call(readHead)).seq;
  if (seq > 0) await checkSigned(seq, tell);
};
