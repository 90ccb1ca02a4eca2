import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

/** The child's side: answers one question after another until the parent is gone. */
export const answerParent = (answer: (question: unknown) => Promise<unknown>): void => {
  process.on('message', async (question: unknown) => {
    try {
      process.send?.({ value: (await answer(question)) ?? null } satisfies Answer);
    } catch (error) {
      process.send?.({ error: String(error) } satisfies Answer);
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ value: null } satisfies Answer);
};

export interface Child {
  readonly ask: (question: unknown) => Promise<unknown>;
  readonly end: () => Promise<void>;
}

const nextAnswer = (child: ChildProcess, name: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error(`the process of ${name} ended`));
    child.once('exit', onExit);
    const onMessage = ({ value, error }: Answer): void => {
      // A served ledger also says where it listens; that answers nothing.
      if (value === undefined && error === undefined) return;
      child.off('exit', onExit);
      child.off('message', onMessage);
      if (error === undefined) resolve(value);
      else reject(new Error(`${name}: ${error}`));
    };
    child.on('message', onMessage);
  });

const HEAP_MB = 12_000;
/** Like the tool's own: what a fold keeps is not copied again and again while it is young. */
const YOUNG_MB = 64;

/** A process of its own that plays a role; ready when this resolves. */
export const startChild = async (role: string, ground: unknown): Promise<Child> => {
  const child = fork(MAIN, ['--role', role, '--ground', JSON.stringify(ground)], {
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: [
      ...process.execArgv,
      '--expose-gc',
      `--max-old-space-size=${HEAP_MB}`,
      `--min-semi-space-size=${YOUNG_MB}`,
      `--max-semi-space-size=${YOUNG_MB}`,
    ],
  });
  await nextAnswer(child, role);
  return {
    ask: async (question) => {
      const answer = nextAnswer(child, role);
      child.send(question as object);
      return answer;
    },
    end: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
};
