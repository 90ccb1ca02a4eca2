import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseVerifierKey, type Verifier } from '../note.ts';
import { collectFindings, sentenceOf } from './findings.ts';
import { type Verified, verifyDisclosure, verifyExport, verifyHeads } from './verify.ts';

const USAGE = `用法 usage:
  verify-log --export FILE --heads FILE… --key KEY [--upto SIZE]
  verify-log --disclosure FILE --key KEY
  verify-log --heads FILE… (--consistency FILE… | --url URL) --key KEY
--heads, --consistency, --key 可多次 · may be given again
KEY 公钥(name+id+base64)或公钥文件 · a verifier key or a file of them`;

const SOUND = 0;
const NOT_SOUND = 1;
const USED_WRONGLY = 2;

const OPTIONS = {
  export: { type: 'string' },
  disclosure: { type: 'string' },
  heads: { type: 'string', multiple: true },
  consistency: { type: 'string', multiple: true },
  url: { type: 'string' },
  upto: { type: 'string' },
  key: { type: 'string', multiple: true },
} as const;

const readOptions = () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  // `--heads A B`: what follows a file of heads are more of them.
  return { ...values, heads: [...(values.heads ?? []), ...positionals] };
};
type Options = ReturnType<typeof readOptions>;

const keysOf = (given: readonly string[]): Verifier[] =>
  given
    .flatMap((one) => (existsSync(one) ? readFileSync(one, 'utf8').split('\n') : [one]))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(parseVerifierKey);

/** What was asked for, as a function that has not begun; null for what cannot be asked. */
const jobOf = (options: Options) => {
  const { heads, consistency = [], url } = options;
  const verifiers = keysOf(options.key ?? []);
  if (verifiers.length === 0) return null;
  const findings = collectFindings();
  const { export: file, disclosure, upto } = options;
  const upTo = upto === undefined ? undefined : Number(upto);
  const job = (run: () => Promise<Verified>) => ({ run, findings });
  if (disclosure !== undefined) {
    return job(() => verifyDisclosure(disclosure, verifiers, findings));
  }
  if (file !== undefined) {
    if (heads.length === 0 || Number.isNaN(upTo)) return null;
    return job(() => verifyExport({ file, heads, upTo }, verifiers, findings));
  }
  if (heads.length === 0 || (consistency.length === 0) === (url === undefined)) return null;
  return job(() => verifyHeads({ heads, consistency, url }, verifiers, findings));
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const useWrongly = (reason: string): number => {
  say(`${reason}\n${USAGE}`);
  say(JSON.stringify({ ok: false, events: 0, head: null, findings: [], usage: reason }));
  return USED_WRONGLY;
};

/** Without events two heads were compared: that the log only grew from one to the next. */
const soundOf = ({ events, head }: Verified): string =>
  events === 0
    ? `核验通过:到账本头 ${head},账本只增不改 · verified: up to the head of ${head} the log only grew`
    : `核验通过:${events} 条事件,账本头 ${head} · verified: ${events} events under the head of ${head}`;

const verify = async (): Promise<number> => {
  let job: ReturnType<typeof jobOf>;
  try {
    job = jobOf(readOptions());
  } catch (error) {
    return useWrongly(error instanceof Error ? error.message : String(error));
  }
  if (!job) return useWrongly('参数不全 · something is missing');
  let result: Verified;
  try {
    result = await job.run();
  } catch (error) {
    return useWrongly(error instanceof Error ? error.message : String(error));
  }
  const findings = job.findings.all();
  for (const finding of findings) say(sentenceOf(finding));
  if (result.private) say(`非公开部分:未给出 · private: ${result.private}`);
  const ok = findings.length === 0;
  say(
    ok ? soundOf(result) : `核验未通过:${findings.length} 处 · not sound: ${findings.length} found`,
  );
  say(JSON.stringify({ ok, ...result, findings }));
  return ok ? SOUND : NOT_SOUND;
};

process.exitCode = await verify();
