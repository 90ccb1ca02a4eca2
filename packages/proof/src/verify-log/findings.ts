/** What does not fit, and where. `seq` is the event's place, a byte counts from 0. */
export interface Finding {
  readonly kind: FindingKind;
  readonly seq: number | null;
  /** Up to which event, where a range is all that can be said. */
  readonly to?: number;
  readonly part?: 'envelope' | 'private' | 'salt' | 'leaf';
  readonly byte?: number;
  /** The byte as it is and as it was, in hex. */
  readonly is?: string;
  readonly was?: string;
}

const KINDS = {
  'byte-altered': ['一个字节被改动', 'one byte was altered'],
  'event-altered': ['事件被改动,不止一个字节', 'the event was altered in more than one byte'],
  'leaf-altered': ['叶哈希被改动,事件完好', 'the leaf was altered; the event itself is sound'],
  'line-unreadable': ['该行无法读取', 'the line cannot be read'],
  'event-missing': ['事件缺失', 'the event is missing'],
  'event-doubled': ['事件重复或被加入', 'the event comes twice, or was added'],
  'event-out-of-order': ['事件顺序被改动', 'the event was moved'],
  'seq-differs': ['行号与事件自身的序号不符', 'the line names another sequence than the event'],
  'root-differs': ['区间内有改动:根哈希不符', 'something in this range was altered: its root'],
  'tail-missing': ['末尾缺失', 'the end of the log is missing'],
  'tail-uncovered': ['没有签名账本头覆盖', 'no signed head covers this'],
  'private-altered': ['非公开部分与承诺不符', 'the private part does not fit its commitment'],
  'private-missing': [
    '非公开部分缺失,而无事件说明其已删除',
    'the private part is not there, and no event says that it was erased',
  ],
  'private-unexpected': ['事件没有非公开部分', 'the event has no private part'],
  'origin-differs': ['账本头属于另一账本', 'the head is of another log'],
  'heads-contradict': [
    '两个账本头互相矛盾(分叉)',
    'two signed heads contradict each other: a split view',
  ],
  'head-refused': ['账本头的签名或格式无效', 'the head is not well signed or not well formed'],
  'event-unproven': ['事件的证明不成立', 'the proof of the event does not hold'],
  'nothing-compared': ['没有可核验的事件或账本头', 'no event or no head: nothing was compared'],
  'proof-unreadable': ['证明文件无法读取', 'the file of proofs cannot be read'],
} as const;
export type FindingKind = keyof typeof KINDS;

export const FINDINGS_MAX = 1_000;

export interface Findings {
  readonly add: (finding: Finding) => void;
  readonly all: () => readonly Finding[];
}

/** Keeps the first thousand: a file that is no export at all must not fill the memory. */
export const collectFindings = (): Findings => {
  const all: Finding[] = [];
  return {
    add: (finding) => {
      if (all.length < FINDINGS_MAX) all.push(finding);
    },
    all: () => all,
  };
};

const placeOf = ({ seq, to }: Finding): { zh: string; en: string } => {
  if (seq === null) return { zh: '', en: '' };
  if (to !== undefined && to !== seq) {
    return { zh: `第 ${seq} 至 ${to} 条:`, en: `events ${seq} to ${to}: ` };
  }
  return { zh: `第 ${seq} 条:`, en: `event ${seq}: ` };
};

/** One line for people, Chinese first. */
export const sentenceOf = (finding: Finding): string => {
  const [zh, en] = KINDS[finding.kind];
  const place = placeOf(finding);
  const { part, byte, is, was } = finding;
  const where =
    byte === undefined
      ? ''
      : ` (${part} byte ${byte}: ${is}${was === undefined ? '' : ` ← ${was}`})`;
  return `${place.zh}${zh} · ${place.en}${en}${where}`;
};
