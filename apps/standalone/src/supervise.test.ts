import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Service, ServiceRefused, supervise } from './supervise.ts';

let folder: string;
let lines: string[];
let service: Service | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jishi-supervise-'));
  lines = [];
  service = undefined;
});
afterEach(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

const LISTENING = `import { createServer } from 'node:http';
const server = createServer((_, response) => response.end(String(process.pid)));
server.listen(0, '127.0.0.1', () => process.send({ listening: server.address().port }));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
console.log('hello from the service');
`;

const begin = async (script: string): Promise<{ service: Service; told: string[] }> => {
  const path = join(folder, 'service.mjs');
  await writeFile(path, script);
  const told: string[] = [];
  service = supervise({
    name: 'market',
    command: [process.execPath, path],
    folder,
    env: {},
    log: { write: (line) => lines.push(line), close: () => {} },
    tell: (_, en) => told.push(en),
  });
  return { service, told };
};

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('a supervised service', () => {
  it('is there with its port once it listens, its lines in the log, and gone after the end', async () => {
    const begun = await begin(LISTENING);
    await begun.service.listening;
    const pid = begun.service.pid() ?? 0;
    const answer = await fetch(`http://127.0.0.1:${begun.service.port()}`);
    expect(await answer.text()).toBe(String(pid));
    await expect.poll(() => lines).toContain('hello from the service');
    await begun.service.stop();
    expect(isGone(pid)).toBe(true);
    expect(begun.told).toStrictEqual([]);
  });

  it('killed with -9 has no port, is told of, and comes back', async () => {
    const { service: market, told } = await begin(LISTENING);
    await market.listening;
    const pid = market.pid() ?? 0;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => market.port()).toBeNull();
    await expect.poll(() => market.port(), { timeout: 5_000 }).not.toBeNull();
    expect(market.pid()).not.toBe(pid);
    expect(told).toStrictEqual(['market ended (SIGKILL), restarting in 250 ms']);
  });

  it('that refuses to start is not tried again: its line is the answer', async () => {
    const { service: market, told } = await begin(
      "process.stderr.write('the log is real\\n'); process.exit(1);",
    );
    await expect(market.listening).rejects.toThrow(new ServiceRefused('market: the log is real'));
    expect(told).toStrictEqual([]);
  });

  it('that crashes before it listens is tried again', async () => {
    const { service: market, told } =
      await begin(`import { existsSync, writeFileSync } from 'node:fs';
if (!existsSync('second')) { writeFileSync('second', ''); process.exit(7); }
${LISTENING}`);
    await market.listening;
    expect(told).toStrictEqual(['market ended (code 7), restarting in 250 ms']);
  });
});
