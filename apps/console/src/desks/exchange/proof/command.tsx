import { Copyable } from '../../../kit/values.tsx';

/** The stand-alone verifier: the same checks without a browser. */
export const verifyCommand = (what: string): string => `npx -y pnpm@10 -s verify-log ${what}`;

export const Command = ({ what }: { what: string }) => (
  <p className="command">
    <Copyable
      text={verifyCommand(what)}
      shown={<code className="mono">{verifyCommand(what)}</code>}
    />
  </p>
);
