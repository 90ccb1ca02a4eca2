import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordListingEvent, submitContract } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { problemOf } from '@jishi/runtime/problem-answer';
import { type TrustedKeys, tokenVerifier } from '@jishi/runtime/tokens';

export interface Applied {
  readonly commandId: string;
  readonly what: string;
  readonly actor: string | null;
}

/** What the double does after it has applied a call: answers, or lets the connection die. */
export type Mood = 'answer' | 'drop' | 'refuse' | 'hold';

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * A small HTTP server that takes what the ledger takes, by the ledger's own schemas and tokens, and
 * applies a command id once. It can lose answers after applying, which a real network does too.
 */
export const startLedgerDouble = async (trustedKeys: TrustedKeys, port = 0) => {
  const applied: Applied[] = [];
  const calls: string[] = [];
  const held: (() => void)[] = [];
  const registrations = new Map<string, RegistrationView>();
  const principalOf = tokenVerifier('ledger', trustedKeys);
  let mood: (call: { readonly commandId: string; readonly times: number }) => Mood = () => 'answer';

  const parse = (path: string, json: unknown): Omit<Applied, 'actor'> => {
    if (path === '/api/ledger/listing-events') {
      const { commandId, event } = recordListingEvent.body.parse(json);
      return { commandId, what: event.type };
    }
    const { commandId } = submitContract.body.parse(json);
    return { commandId, what: 'ContractSubmitted' };
  };

  const actorOf = (principal: Principal): string | null => {
    if (principal.kind !== 'service' || principal.service !== 'market') {
      throw new Refusal('role-missing');
    }
    return principal.actor?.userId ?? null;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET') {
      const view = registrations.get(request.url?.split('/').at(-1) ?? '');
      if (!view) throw new Refusal('not-found');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(view));
      return;
    }
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const actor = actorOf(await principalOf(bearer));
    const command = parse(request.url ?? '', JSON.parse(await readBody(request)));
    const { commandId } = command;
    calls.push(commandId);
    const times = calls.filter((id) => id === commandId).length;
    const now = mood({ commandId, times });
    if (now === 'refuse') throw new Refusal('listing-state');
    if (!applied.some((a) => a.commandId === commandId)) applied.push({ ...command, actor });
    if (now === 'drop') return void request.socket.destroy();
    if (now === 'hold') await new Promise<void>((resolve) => held.push(resolve));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ contractId: commandId, version: 1, seq: applied.length }));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const refusal = error instanceof Refusal ? error : new Refusal('internal-fault');
      const problem = problemOf(refusal, 'ledger-double');
      response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify(problem));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    applied,
    calls,
    held,
    /** What it answers of a contract when it is asked. */
    registrations,
    behave: (next: typeof mood): void => {
      mood = next;
    },
    /** Ends at once, connections included. */
    kill: async (): Promise<void> => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
