import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jishi-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a log file turns over at its limit, and keeps three old ones', () => {
  const path = join(folder, 'x.log');
  const log = openLogFile(path, 4);
  for (const line of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']) log.write(line);
  log.close();
  expect(readdirSync(folder).sort()).toStrictEqual(['x.log', 'x.log.1', 'x.log.2', 'x.log.3']);
  expect(readFileSync(path, 'utf8')).toBe('k\nl\n');
  expect(readFileSync(`${path}.3`, 'utf8')).toBe('e\nf\n');
});

it('a log file that exists is continued', () => {
  const path = join(folder, 'x.log');
  for (const line of ['a', 'b']) {
    const log = openLogFile(path);
    log.write(line);
    log.close();
  }
  expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
});
