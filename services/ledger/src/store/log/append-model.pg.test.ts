import { createHash } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppendCommand, type AppendResult, appendBatch, type ClaimKind } from './append.ts';
import { appendOne } from './append-one.ts';
import { createAppendQueue } from './append-queue.ts';
import { readLog } from './follow.ts';
import { openTestLedger, testCommand, testEvent } from './testing.ts';

/** The rules of the append once more, as plainly as they can be said, one command at a time. */
class Model {
  head: number;
  readonly versions = new Map<string, number>();
  readonly answers = new Map<string, AppendResult & { readonly hash: string }>();
  readonly holders = new Map<string, string>();
  readonly written: string[] = [];

  constructor(head: number) {
    this.head = head;
  }

  decide(command: AppendCommand): AppendResult {
    const { hash, ...before } = this.answers.get(`${command.org} ${command.id}`) ?? {};
    if (hash === command.hash.toString('hex')) {
      return { ...before, outcome: 'replayed' } as AppendResult;
    }
    if (hash) return { outcome: 'key-reused' };
    const current = this.versions.get(command.stream) ?? 0;
    const { expected } = command;
    if (expected === 'exists' ? current === 0 : expected !== 'any' && expected !== current) {
      return { outcome: 'conflict', current };
    }
    const held = command.claims
      .filter(({ kind, key }) => {
        const holder = this.holders.get(`${kind} ${key}`);
        return holder !== undefined && holder !== command.stream;
      })
      .map(({ kind }) => kind);
    const [kind] = held.sort();
    if (kind) return { outcome: 'claimed', kind };
    const version = current + command.events.length;
    const firstSeq = this.head + 1;
    return { outcome: 'ok', firstSeq, lastSeq: this.head + command.events.length, version };
  }

  write(command: AppendCommand, result: AppendResult): void {
    if (result.outcome !== 'ok') return;
    const hash = command.hash.toString('hex');
    this.answers.set(`${command.org} ${command.id}`, { ...result, hash });
    this.versions.set(command.stream, result.version);
    for (const { kind, key } of command.claims) {
      this.holders.set(`${kind} ${key}`, command.stream);
    }
    command.events.forEach((event, i) => {
      const version = result.version - command.events.length + i + 1;
      this.written.push(`${result.firstSeq + i} ${command.stream} ${version} ${event.id}`);
    });
    this.head = result.lastSeq;
  }
}

type Ledger = Awaited<ReturnType<typeof openTestLedger>>;
let ledger: Ledger;
beforeAll(async () => {
  ledger = await openTestLedger('append_model');
});
afterAll(() => ledger.close());

const KINDS: readonly ClaimKind[] = ['contract-text', 'evidence', 'registration-number'];
const expectedVersion = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
  fc.constantFrom('any' as const, 'exists' as const),
);
const sketch = fc.record({
  stream: fc.nat(4),
  id: fc.nat(30),
  hash: fc.oneof({ weight: 5, arbitrary: fc.constant('a') }, fc.constant('b')),
  expected: expectedVersion,
  events: fc.integer({ min: 1, max: 3 }),
  claims: fc.oneof(
    { weight: 2, arbitrary: fc.constant<[ClaimKind, number][]>([]) },
    fc.uniqueArray(fc.tuple(fc.constantFrom(...KINDS), fc.nat(3)), {
      maxLength: 2,
      selector: ([kind, key]) => `${kind} ${key}`,
    }),
  ),
  clock: fc.option(fc.constantFrom('2031-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z')),
});
type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never;

/** Commands over a few streams, ids and keys of one run, so that they often stand in the way. */
const drawer = () => {
  const run = newId();
  const streams = Array.from({ length: 5 }, () => `contract-${newId()}`);
  const ids = Array.from({ length: 31 }, () => newId());
  return (drawn: Sketch): AppendCommand =>
    testCommand({
      stream: streams[drawn.stream] ?? '',
      id: ids[drawn.id] ?? '',
      hash: createHash('sha256').update(drawn.hash).digest(),
      expected: drawn.expected,
      events: Array.from({ length: drawn.events }, () => testEvent({ recordedAt: drawn.clock })),
      claims: drawn.claims.map(([kind, key]) => ({ kind, key: `${run} ${key}` })),
    });
};

const readHead = async (): Promise<number> => {
  const { rows } = await ledger.pool.query('select seq from log_head');
  return Number(rows[0].seq);
};

const expectLog = async (from: number, written: readonly string[]): Promise<void> => {
  const items = await readLog(ledger.db, from, 1_000);
  const lines = items.map(({ seq, envelope: e }) => `${seq} ${e.stream} ${e.version} ${e.id}`);
  expect(lines).toStrictEqual(written);
  const times = items.map(({ envelope }) => envelope.recordedAt);
  expect(times).toStrictEqual([...times].sort());
};

const SETTINGS = { numRuns: 40, seed: 20_261_129, endOnFailure: true };

test('batch after batch, the answers and the log are those of the model', async () => {
  const key = (c: Sketch): string[] => [
    `s${c.stream}`,
    `i${c.id}`,
    ...c.claims.map(([kind, n]) => `${kind}${n}`),
  ];
  const isApart = (batch: readonly Sketch[]): boolean => {
    const keys = batch.flatMap((c) => [...new Set(key(c))]);
    return new Set(keys).size === keys.length;
  };
  const batch = fc.array(sketch, { minLength: 1, maxLength: 5 }).filter(isApart);
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 12 }), async (batches) => {
      const from = await readHead();
      const model = new Model(from);
      const draw = drawer();
      for (const drawn of batches) {
        const commands = drawn.map(draw);
        const [first] = commands;
        const alone = first && commands.length === 1 ? await appendOne(ledger.pool, first) : null;
        const results = alone ? [alone] : await appendBatch(ledger.pool, commands);
        commands.forEach((command, i) => {
          const told = model.decide(command);
          expect(results[i]).toStrictEqual(told);
          model.write(command, told);
        });
      }
      await expectLog(from, model.written);
    }),
    SETTINGS,
  );
});

/** An answer that is no writing must be true of the log as it stands in the end. */
const expectExplained = (model: Model, command: AppendCommand, result: AppendResult): void => {
  const before = model.answers.get(`${command.org} ${command.id}`);
  const current = model.versions.get(command.stream) ?? 0;
  switch (result.outcome) {
    case 'replayed':
      expect({ ...before, outcome: 'replayed' }).toStrictEqual({
        ...result,
        hash: command.hash.toString('hex'),
      });
      break;
    case 'key-reused':
      expect(before && before.hash !== command.hash.toString('hex')).toBe(true);
      break;
    case 'conflict':
      expect(result.current).not.toBe(command.expected);
      expect(result.current).toBeLessThanOrEqual(current);
      break;
    case 'claimed':
      expect(command.claims.map((claim) => claim.kind)).toContain(result.kind);
      break;
  }
};

test('two queues at once: in the order of the log, the answers are those of the model', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sketch, { minLength: 2, maxLength: 60 }), async (drawn) => {
      const from = await readHead();
      const queues = [createAppendQueue(ledger.pool), createAppendQueue(ledger.other)];
      const commands = drawn.map(drawer());
      const results = await Promise.all(commands.map((c, i) => queues[i % 2]?.append(c)));
      await Promise.all(queues.map((queue) => queue.close()));
      const model = new Model(from);
      const answered = commands.flatMap((command, i) => {
        const result = results[i];
        return result ? [{ command, result }] : [];
      });
      expect(answered.length).toBe(commands.length);
      const placed = answered.flatMap(({ command, result }) =>
        result.outcome === 'ok' ? [{ command, result }] : [],
      );
      placed.sort((a, b) => a.result.firstSeq - b.result.firstSeq);
      for (const { command, result } of placed) {
        expect(result).toStrictEqual(model.decide(command));
        model.write(command, result);
      }
      await expectLog(from, model.written);
      for (const { command, result } of answered) expectExplained(model, command, result);
    }),
    SETTINGS,
  );
});
