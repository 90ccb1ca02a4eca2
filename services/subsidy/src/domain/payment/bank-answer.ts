import type { Id } from '@jishi/contracts/ids';
import type { Fen } from '@jishi/contracts/money';
import type { AnswerLine, AnswerProblem } from '@jishi/contracts/subsidy/payment';
import { LocalDate } from '@jishi/contracts/time';
import { referenceKey } from './reference-key.ts';

/** An instruction that went out to the bank, and whether it was answered before. */
export interface SentInstruction {
  readonly instructionId: Id;
  readonly payeeName: string;
  readonly amountFen: Fen;
  readonly isAnswered: boolean;
}

export interface AnsweredInstruction {
  readonly instructionId: Id;
  readonly isPaid: boolean;
  readonly bankReference: string;
  readonly paidOn: string;
}

const SENTENCES: Record<AnswerProblem['rule'], { zh: string; en: string }> = {
  'file-hash': { zh: '回执对应的不是本批次文件', en: "The answer is not to this batch's file" },
  'answer-number-used': { zh: '回执编号已用过', en: 'This answer number was taken before' },
  'instruction-unknown': { zh: '本批次没有此指令', en: 'The batch has no such instruction' },
  'instruction-repeated': { zh: '同一指令出现多次', en: 'The instruction occurs more than once' },
  'payee-differs': { zh: '收款户名与指令不符', en: 'The payee differs from the instruction' },
  'amount-differs': { zh: '金额与指令不符', en: 'The amount differs from the instruction' },
  'result-unknown': { zh: '结果应为 paid 或 failed', en: 'The result is neither paid nor failed' },
  'bank-reference-used': {
    zh: '银行流水号已用于另一笔付款',
    en: 'The bank reference paid another line',
  },
  'bank-reference-missing': { zh: '缺少银行流水号', en: 'The bank reference is missing' },
  'date-not-valid': { zh: '付款日期无效', en: 'The payment date is not valid' },
  'already-answered': { zh: '此指令已有回执', en: 'The instruction was answered before' },
};

/** What was sent and what was answered, where both can be put side by side. */
interface Difference {
  readonly instructionId?: string | null;
  readonly expected?: string | null;
  readonly given?: string | null;
}

export const answerProblem = (
  line: number,
  rule: AnswerProblem['rule'],
  { instructionId = null, expected = null, given = null }: Difference = {},
): AnswerProblem => ({ line, instructionId, expected, given, rule, ...SENTENCES[rule] });

const differenceOf = (
  rule: AnswerProblem['rule'],
  line: AnswerLine,
  sent: SentInstruction | undefined,
): Difference => {
  const { instructionId } = line;
  switch (rule) {
    case 'payee-differs':
      return { instructionId, expected: sent?.payeeName ?? null, given: line.payeeName };
    case 'amount-differs':
      return { instructionId, expected: sent?.amountFen.toString() ?? null, given: line.amountFen };
    case 'result-unknown':
      return { instructionId, given: line.result };
    case 'bank-reference-used':
      return { instructionId, given: line.bankReference };
    case 'date-not-valid':
      return { instructionId, given: line.paidOn };
    default:
      return { instructionId };
  }
};

/** Everything wrong with one line, against the instruction that it names. */
const rulesBroken = (
  line: AnswerLine,
  sent: SentInstruction | undefined,
  { isRepeated, isReferenceUsed }: { isRepeated: boolean; isReferenceUsed: boolean },
): AnswerProblem['rule'][] => {
  if (!sent) return ['instruction-unknown'];
  return [
    ...(isRepeated ? (['instruction-repeated'] as const) : []),
    ...(sent.isAnswered ? (['already-answered'] as const) : []),
    ...(line.payeeName === sent.payeeName ? [] : (['payee-differs'] as const)),
    ...(line.amountFen === sent.amountFen.toString() ? [] : (['amount-differs'] as const)),
    ...(['paid', 'failed'].includes(line.result) ? [] : (['result-unknown'] as const)),
    ...(referenceKey(line.bankReference) === '' ? (['bank-reference-missing'] as const) : []),
    ...(isReferenceUsed && !isRepeated && !sent.isAnswered
      ? (['bank-reference-used'] as const)
      : []),
    ...(LocalDate.safeParse(line.paidOn).success ? [] : (['date-not-valid'] as const)),
  ];
};

/**
 * Matches a bank's answer with what was sent: by instruction id, payee and amount in fen, exactly.
 * One wrong line and nothing counts: `answered` is empty and each difference is named by its line,
 * counted from 1. A bank reference pays one line: `usedKeys` are those of earlier answers. A lawful
 * answer may leave instructions open; a later one brings them.
 */
export const matchAnswer = (
  sent: readonly SentInstruction[],
  lines: readonly AnswerLine[],
  usedKeys: ReadonlySet<string> = new Set(),
): { readonly problems: AnswerProblem[]; readonly answered: AnsweredInstruction[] } => {
  const byId = new Map(sent.map((instruction) => [instruction.instructionId, instruction]));
  const seen = new Set<string>();
  const paidKeys = new Set(usedKeys);
  const problems = lines.flatMap((line, i) => {
    const isRepeated = seen.has(line.instructionId);
    seen.add(line.instructionId);
    const sentLine = byId.get(line.instructionId);
    const key = referenceKey(line.bankReference);
    const isReferenceUsed = line.result === 'paid' && key !== '' && paidKeys.has(key);
    if (line.result === 'paid') paidKeys.add(key);
    return rulesBroken(line, sentLine, { isRepeated, isReferenceUsed }).map((rule) =>
      answerProblem(i + 1, rule, differenceOf(rule, line, sentLine)),
    );
  });
  if (problems.length > 0) return { problems, answered: [] };
  const answered = lines.map((line) => ({
    instructionId: line.instructionId,
    isPaid: line.result === 'paid',
    bankReference: line.bankReference,
    paidOn: line.paidOn,
  }));
  return { problems, answered };
};
