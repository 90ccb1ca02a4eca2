import { Copyable } from '../../../kit/values.tsx';

const KEY = '--key jishi-log-key.txt';

/**
 * What follows the command's name, with files named as the console's pages save them: of an export
 * the name has its kind and its sequences.
 */
export const EXPORT_COMMAND = `--export jishi-log-*.ndjson --heads jishi-signed-heads.ndjson ${KEY}`;
export const DISCLOSURE_COMMAND = `--disclosure jishi-proof.json ${KEY}`;
export const headsCommand = (origin: string): string =>
  `--heads jishi-head-1.txt --heads jishi-head-2.txt --url ${origin}/api/ledger ${KEY}`;

/** The stand-alone verifier: the same checks without a browser. */
const verifyCommand = (what: string): string => `npx -y pnpm@10 -s verify-log ${what}`;

export const Command = ({ what }: { what: string }) => (
  <p className="command">
    <Copyable
      text={verifyCommand(what)}
      shown={<code className="mono">{verifyCommand(what)}</code>}
    />
  </p>
);
