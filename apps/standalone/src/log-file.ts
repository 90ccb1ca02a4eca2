import { closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

const FILE_BYTES_MAX = 10_000_000;
const OLD_FILES_MAX = 3;

export interface LogFile {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** A log that keeps its newest part: `x.log`, then `x.log.1` … `x.log.3`, older ones are gone. */
export const openLogFile = (path: string, bytesMax = FILE_BYTES_MAX): LogFile => {
  const open = (): number => openSync(path, 'a', 0o600);
  let file = open();
  let bytes = fstatSync(file).size;

  const rotate = (): void => {
    closeSync(file);
    for (let i = OLD_FILES_MAX - 1; i >= 1; i -= 1) {
      if (existsSync(`${path}.${i}`)) renameSync(`${path}.${i}`, `${path}.${i + 1}`);
    }
    renameSync(path, `${path}.1`);
    file = open();
    bytes = 0;
  };

  return {
    write: (line) => {
      try {
        if (bytes >= bytesMax) rotate();
        bytes += writeSync(file, `${line}\n`);
      } catch {
        // A full disk must not end the market: what cannot be logged is lost.
      }
    },
    close: () => closeSync(file),
  };
};
