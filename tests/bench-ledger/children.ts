import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Latency, type Rival, type RivalName, rateOf, type Task } from './rival.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

export interface RivalProcess {
  readonly rate: (task: Task) => Promise<number>;
  readonly latency: (perSecond: number, ms: number) => Promise<Latency>;
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly value?: number | Latency;
  readonly error?: string;
}

const OPENERS: Record<RivalName, (url: string) => Promise<Rival>> = {
  limit: async (url) => (await import('./limit.ts')).openLimit(url),
  ours: async (url) => (await import('./ours.ts')).openOurs(url),
  emmett: async (url) => (await import('./emmett.ts')).openEmmett(url),
  'message-db': async (url) => (await import('./message-db.ts')).openMessageDb(url),
};

const perform = async (rival: Rival, task: Task): Promise<number | Latency> => {
  const { append, bulk, fill, replay, latency } = rival;
  switch (task.do) {
    case 'append':
      return rateOf(task.clients, task.ms, async () => {
        await append();
        return 1;
      });
    case 'bulk':
      return bulk ? rateOf(1, task.ms, bulk) : 0;
    case 'fill':
      await fill?.(task.count);
      return task.count;
    case 'replay':
      return replay ? replay(task.way, task.ms) : 0;
    case 'latency':
      return latency ? latency(task.perSecond, task.ms) : { p50: 0, p99: 0 };
  }
};

/** The child's side: does one task after another until the parent is gone. */
export const serveRival = async (name: RivalName, url: string): Promise<void> => {
  const rival = await OPENERS[name](url);
  process.on('message', async (task: Task | 'close') => {
    if (task === 'close') {
      await rival.close();
      process.disconnect();
      return;
    }
    try {
      process.send?.({ value: await perform(rival, task) } satisfies Answer);
    } catch (error) {
      process.send?.({ error: String(error) } satisfies Answer);
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ value: 0 } satisfies Answer);
};

const nextAnswer = (child: ChildProcess, name: string): Promise<number | Latency> =>
  new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error(`the process of ${name} ended`));
    child.once('exit', onExit);
    child.once('message', ({ value, error }: Answer) => {
      child.off('exit', onExit);
      if (value === undefined) reject(new Error(`${name}: ${error}`));
      else resolve(value);
    });
  });

/** The parent's side: a process of its own for each rival, ready when this resolves. */
export const startRival = async (name: RivalName, url: string): Promise<RivalProcess> => {
  const child = fork(MAIN, ['--rival', name, '--url', url], { stdio: ['ignore', 2, 2, 'ipc'] });
  await nextAnswer(child, name);
  const ask = async (task: Task): Promise<number | Latency> => {
    const answer = nextAnswer(child, name);
    child.send(task);
    return answer;
  };
  return {
    rate: async (task) => Number(await ask(task)),
    latency: async (perSecond, ms) => {
      const told = await ask({ do: 'latency', perSecond, ms });
      if (typeof told === 'number') throw new Error('a rate where a latency was asked');
      return told;
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('close');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
};
