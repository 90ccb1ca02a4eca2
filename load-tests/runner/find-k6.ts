import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The version that the journeys were written and measured with. */
export const K6_VERSION = 'v1.8.1';

export const HOW_TO_GET_K6 = `没有找到 k6(PATH 与 $(go env GOPATH)/bin 中均无)。
k6 was found neither on PATH nor in $(go env GOPATH)/bin. With Go ≥ 1.25, in about two minutes:

    go install go.k6.io/k6@${K6_VERSION}
`;

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Where Go installs programs; without Go the place it uses when nothing is set. */
const goFolder = (): Promise<string> =>
  new Promise((resolve) => {
    execFile('go', ['env', 'GOPATH'], (error, output) =>
      resolve(join(error ? join(homedir(), 'go') : output.trim(), 'bin')),
    );
  });

/** The k6 program, or null when this machine has none. */
export const findK6 = async (searchPath = process.env.PATH ?? ''): Promise<string | null> => {
  const folders = [...searchPath.split(delimiter).filter(Boolean), await goFolder()];
  for (const folder of folders) {
    const program = join(folder, 'k6');
    if (await isProgram(program)) return program;
  }
  return null;
};
