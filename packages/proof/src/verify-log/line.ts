/** One line of an export, byte for byte: text is kept as Latin-1, so that no byte is lost. */
export interface Line {
  readonly seq: number;
  readonly envelope: Buffer;
  readonly leaf: string;
  readonly salt: Buffer | null;
  readonly private: Buffer | null;
  /** The line was not JSON, and was read by its outline. */
  readonly broken: boolean;
}

const OUTLINE = /^\{"seq":(\d+),"envelope":"(.*)","leaf":"([0-9a-f]{64})","salt":/s;
const ESCAPES: Record<string, string> = {
  ...{ '"': '"', '\\': '\\', '/': '/' },
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
};

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** An altered byte may have broken the JSON: event and leaf can still be told apart. */
const readOutline = (text: string): Line | null => {
  const [, seq, envelope, leaf] = OUTLINE.exec(text) ?? [];
  if (seq === undefined || envelope === undefined || leaf === undefined) return null;
  const plain = envelope.replace(/\\(["\\/bfnrt])/g, (_, sign: string) => ESCAPES[sign] ?? sign);
  const rest = { salt: null, private: null, broken: true };
  return { seq: Number(seq), envelope: bytesOf(plain), leaf, ...rest };
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** Null for what is no line of an export. */
export const readLine = (line: Buffer): Line | null => {
  const text = line.toString('latin1');
  try {
    const {
      seq,
      envelope,
      leaf,
      salt,
      private: body,
    } = JSON.parse(text) as Record<string, unknown>;
    if (!Number.isSafeInteger(seq) || !isText(envelope) || !isText(leaf)) return readOutline(text);
    return {
      ...{ seq: seq as number, envelope: bytesOf(envelope), leaf, broken: false },
      salt: isText(salt) ? Buffer.from(salt, 'hex') : null,
      private: isText(body) ? bytesOf(body) : null,
    };
  } catch {
    return readOutline(text);
  }
};

/** What an envelope says of itself, without parsing all of it: its ends are fixed. */
export const seqIn = (envelope: Buffer): number | null => {
  const [, digits] = /^\{"seq":(\d{1,15}),/.exec(envelope.toString('latin1', 0, 32)) ?? [];
  return digits === undefined ? null : Number(digits);
};

const COMMIT_END = 80;

/** The commitment in hex, null for none, undefined where the envelope has no such end. */
export const commitIn = (envelope: Buffer): string | null | undefined => {
  const end = envelope.toString('latin1', Math.max(0, envelope.length - COMMIT_END));
  const [, commit] = /,"commit":(null|"[0-9a-f]{64}")\}$/.exec(end) ?? [];
  if (commit === undefined) return undefined;
  return commit === 'null' ? null : commit.slice(1, -1);
};
