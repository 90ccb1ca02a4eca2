import type { Id } from '@jishi/contracts/ids';
import { Refusal } from '@jishi/contracts/problem';
import {
  approveClawback,
  demandClawback,
  listClawbacks,
  readClawback,
  returnClawback,
} from '@jishi/contracts/subsidy/endpoints';
import type { Service } from '@jishi/runtime/service';
import type { Actor } from '../store/audit.ts';
import { clawbackLinesOf, readClawbackView } from '../store/clawback-views.ts';
import { takeCommand } from '../store/commands.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { approveClaim, demand, lockClaim, sendBack } from './clawback-acts.ts';
import { actorOf, personOf, type SubsidyDependencies, viewerOf } from './dependencies.ts';
import { waitFor } from './wait-for.ts';

const serveReads = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db } = dependencies;

  service.serve(listClawbacks, async ({ query, principal }) => {
    const viewer = viewerOf(dependencies, personOf(principal));
    await waitFor(db, query.atLeast);
    return withSight(db, viewer.sight, async (trx) => {
      const found = await clawbackLinesOf(trx, viewer, { ...query, limit: query.limit + 1 });
      const items = found.slice(0, query.limit);
      const next = found.length > query.limit ? (items.at(-1)?.clawbackId ?? null) : null;
      return { items, next };
    });
  });

  service.serve(readClawback, ({ params, principal }) => {
    const viewer = viewerOf(dependencies, personOf(principal));
    return withSight(db, viewer.sight, (trx) => readClawbackView(trx, viewer, params.clawbackId));
  });
};

/** 追回: demanded by one subsidy officer, approved by another; repaid in `repayments.ts`. */
export const serveClawbacks = (service: Service, dependencies: SubsidyDependencies): void => {
  serveReads(service, dependencies);
  const { db, clock } = dependencies;

  /** Takes the command, does the act once, and answers with the claim as it is then. */
  const perform = (
    actor: Actor,
    command: { commandId: Id; act: string; subject: Id; content: unknown },
    act: (trx: SubsidyTransaction) => Promise<void>,
  ) =>
    withSight(db, SEES_ALL, async (trx) => {
      if (await takeCommand(trx, actor.person, command, actor.at)) await act(trx);
      return readClawbackView(trx, viewerOf(dependencies, actor.person), command.subject);
    });

  service.serve(demandClawback, (asked) => {
    const { clawbackId } = asked.params;
    const { commandId, ...content } = asked.body;
    const actor = actorOf(asked, clock);
    const command = { commandId, act: 'demand-clawback', subject: clawbackId, content };
    return perform(actor, command, async (trx) => {
      const wanted = { clawbackId, version: content.version, status: 'opened' } as const;
      const claim = await lockClaim(trx, actor, wanted, () => []);
      await demand(trx, actor, claim, content.reason);
    });
  });

  service.serve(approveClawback, (asked) => {
    const { clawbackId } = asked.params;
    const { commandId, ...content } = asked.body;
    const actor = actorOf(asked, clock);
    const command = { commandId, act: 'approve-clawback', subject: clawbackId, content };
    return perform(actor, command, async (trx) => {
      const wanted = { clawbackId, version: content.version, status: 'demanded' } as const;
      const claim = await lockClaim(trx, actor, wanted, (row) => [row.demanded_by]);
      if (claim.row.content_hash !== content.contentHash) throw new Refusal('content-changed');
      await approveClaim(trx, dependencies, actor, claim);
    });
  });

  service.serve(returnClawback, (asked) => {
    const { clawbackId } = asked.params;
    const { commandId, ...content } = asked.body;
    const actor = actorOf(asked, clock);
    const command = { commandId, act: 'return-clawback', subject: clawbackId, content };
    return perform(actor, command, async (trx) => {
      const wanted = { clawbackId, version: content.version, status: 'demanded' } as const;
      const claim = await lockClaim(trx, actor, wanted, (row) => [row.demanded_by]);
      await sendBack(trx, actor, claim, content.reason);
    });
  });
};
