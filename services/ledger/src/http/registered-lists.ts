import {
  issueRegisteredList,
  listRegisteredLists,
  readRegisteredList,
} from '@jishi/contracts/ledger/registry-endpoints';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import { listSide, listView } from '../domain/registration/list.ts';
import { REGISTRATIONS_CURSOR } from '../process/project-registrations.ts';
import { type EventStoreDependencies, handleCommand } from '../store/event-store.ts';
import { readHead } from '../store/head.ts';
import { waitForCursor } from '../store/log/follow.ts';
import { readLists } from '../store/registered-lists.ts';
import { readDocuments } from '../store/registration-view.ts';
import { actingOf, issuedBy } from './caller.ts';
import { registeredRow } from './desk-rows.ts';
import { type DeskDeps, deskOf } from './registration-desk.ts';

type Issued = LedgerEvent<'RegisteredListIssued'>;

/**
 * POST /registered-lists. What stands registered is read as far as the log is now; a change that
 * comes later makes the list invalid, as any later change does.
 */
const serveIssue = (
  service: Service,
  deps: DeskDeps & { readonly store: EventStoreDependencies },
): void => {
  const { db, rules, clock, store } = deps;
  service.serve(issueRegisteredList, async ({ principal, body }) => {
    const { commandId, listId, contractIds } = body;
    const issued = issuedBy(principal, commandId, 'issue-list', body);
    const { seq } = await handleCommand<Issued | null, Issued>(store, issued, {
      ...{ stream: `list-${listId}`, initialState: () => null, evolve: (_, event) => event },
      handle: async (before) => {
        if (before) throw new Refusal('id-reused');
        await waitForCursor(db, REGISTRATIONS_CURSOR, (await readHead(db)).seq);
        const side = listSide(rules, contractIds, await readDocuments(db, contractIds));
        const issuedOn = businessDay(clock());
        return [
          {
            type: 'RegisteredListIssued',
            data: {
              public: { listId, issuedOn, side, count: contractIds.length },
              private: { contractIds },
            },
            metadata: { actor: actingOf(principal).actor },
          },
        ];
      },
    });
    return { listId, seq };
  });
};

/** GET /registered-lists and /registered-lists/{listId}. */
const serveReading = (service: Service, deps: DeskDeps): void => {
  const { db, rules, clock } = deps;
  service.serve(listRegisteredLists, async ({ query }) => {
    const { contractId, after, limit, atLeast } = query;
    await waitForCursor(db, REGISTRATIONS_CURSOR, atLeast);
    const found = await readLists(db, { contractId, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const today = businessDay(clock());
    return {
      items: page.map((list) => listView(list, rules, today)),
      next: found.length > limit ? (page.at(-1)?.listId ?? null) : null,
      head: await readHead(db),
    };
  });

  service.serve(readRegisteredList, async ({ principal, params, query }) => {
    await waitForCursor(db, REGISTRATIONS_CURSOR, query.atLeast);
    const [list] = await readLists(db, { listId: params.listId, limit: 1 });
    if (!list) throw new Refusal('not-found');
    const desk = deskOf(deps, principal);
    return {
      ...listView(list, rules, desk.today),
      contracts: list.contracts.map((document) => registeredRow(desk, document)),
    };
  });
};

export const serveRegisteredLists = (
  service: Service,
  deps: DeskDeps & { readonly store: EventStoreDependencies },
): void => {
  serveIssue(service, deps);
  serveReading(service, deps);
};
