import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@jishi/contracts/ids';
import { readFeed } from '@jishi/contracts/ledger/endpoints';
import { Envelope, type EventActor, FeedPage } from '@jishi/contracts/ledger/envelope';
import {
  EVENT_DATA,
  type EventDataOf,
  type EventPrivateOf,
  type EventType,
} from '@jishi/contracts/ledger/events';
import { silentLog } from '@jishi/runtime/log';
import { createService } from '@jishi/runtime/service';
import type { TrustedKeys } from '@jishi/runtime/tokens';

const RECORDED_AT = '2026-06-30T01:00:00.000Z';
const COMMIT = 'c'.repeat(64);

/** A feed item as the ledger would send it, parsed by the contract's own schemas. */
export const feedItem = <T extends EventType>(
  seq: number,
  type: T,
  data: EventDataOf<T>,
  hidden: EventPrivateOf<T>,
  actor: EventActor = { kind: 'service', service: 'market' },
): FeedPage['items'][number] => {
  const hasPrivate = hidden !== null || actor.kind === 'person';
  return {
    seq,
    envelope: JSON.stringify(
      Envelope.parse({
        seq,
        recordedAt: RECORDED_AT,
        stream: 'contract',
        version: 1,
        type,
        schema: 1,
        id: newId(),
        actor: actor.kind === 'person' ? { kind: 'person' } : actor,
        data: EVENT_DATA[type].parse(data),
        commit: hasPrivate ? COMMIT : null,
      }),
    ),
    private: hasPrivate ? JSON.stringify({ actor, facts: hidden }) : null,
  };
};

/** The ledger's feed over real HTTP, by the contract's endpoint; private parts for subsidy only. */
export const serveFeed = async (trustedKeys: TrustedKeys) => {
  const items: FeedPage['items'] = [];
  const service = createService({ name: 'ledger', trustedKeys, log: silentLog });
  service.serve(readFeed, async ({ query, principal }) => {
    const mayRead = principal?.kind === 'service' && principal.service === 'subsidy';
    const page = items.filter((item) => item.seq > query.after).slice(0, query.limit);
    return FeedPage.parse({
      items: page.map((item) => (mayRead ? item : { ...item, private: null })),
      head: { seq: items.at(-1)?.seq ?? 0, recordedAt: RECORDED_AT, kind: 'synthetic' },
    });
  });
  const server = createServer(async (request, response) => {
    const headers = new Headers(Object.entries(request.headers) as [string, string][]);
    const answer = await service.app.request(`http://ledger${request.url}`, { headers });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    items,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
