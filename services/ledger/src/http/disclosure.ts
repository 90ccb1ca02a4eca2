import { DISCLOSURE_FORMAT, Disclosure, readDisclosure } from '@jishi/contracts/ledger/proofs';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import { factsForParties, type PastFact } from '../domain/registration/history.ts';
import type { HeadSigner } from '../process/sign-heads.ts';
import type { Queryable } from '../store/heads/entries.ts';
import { readInclusion } from '../store/heads/tree-nodes.ts';
import { type LogDeskDb, readProvenStream } from '../store/log-desk.ts';
import { readRegistrationDocument } from '../store/registration-view.ts';
import { type PastEvent, readStream } from '../store/stream-history.ts';
import { contractStreamOf } from './act-on.ts';
import { isInSight, personOf, sightOf } from './caller.ts';

export interface DisclosureDeps {
  readonly db: LogDeskDb;
  readonly pool: Queryable;
  readonly signer: HeadSigner;
}

const OFFICERS: readonly string[] = ['registrar', 'senior-registrar', 'auditor'];

/** Holds what is left of others' private parts: for officers alone. */
const ERASED = 'PrivatePartErased';

const factOf = ({ event, seq, version, recordedAt }: PastEvent): PastFact[] =>
  event
    ? [
        {
          ...{ type: event.type, public: event.data.public, private: event.data.private },
          ...{ actor: event.metadata.actor, seq, version, recordedAt },
        },
      ]
    : [];

/**
 * Which events are told with their private part. A commitment covers the part as a whole, so it is
 * told whole or not at all: to the parties where it holds facts that their history tells too.
 */
const toldInFull = (
  principal: Principal | undefined,
  events: readonly PastEvent[],
): Set<number> => {
  const facts = events.flatMap(factOf);
  const roles = personOf(principal)?.roles ?? [];
  const told = roles.some((role) => OFFICERS.includes(role))
    ? facts
    : factsForParties(facts).filter(({ type, private: hidden }) => hidden && type !== ERASED);
  return new Set(told.map((fact) => fact.seq));
};

/** GET /registrations/{contractId}/disclosure: one contract that anybody can check alone. */
export const serveDisclosure = (service: Service, { db, pool, signer }: DisclosureDeps): void => {
  service.serveRaw(readDisclosure, async ({ principal, params: { contractId } }) => {
    const document = await readRegistrationDocument(db, contractId);
    if (!document || !isInSight(sightOf(principal), document)) throw new Refusal('not-found');
    const stream = contractStreamOf(contractId);
    const full = toldInFull(principal, await readStream(db, stream));
    const items = await readProvenStream(db, stream);
    const head = await signer.headCovering(items.at(-1)?.seq ?? 1);
    if (!head) throw new Refusal('log-not-signed');
    const { paths } = await readInclusion(
      pool,
      items.map((item) => item.seq),
      head.size,
    );
    const disclosure: Disclosure = {
      ...{ format: DISCLOSURE_FORMAT, origin: head.keyName, contractId },
      ...{ note: head.note, verifierKey: head.verifierKey },
      events: items.map(({ seq, envelope, salt, private: body }, i) => ({
        ...{ seq, envelope },
        ...(full.has(seq) ? { salt, private: body } : { salt: null, private: null }),
        path: (paths[i] ?? []).map((hash) => Buffer.from(hash).toString('hex')),
      })),
    };
    return new Response(JSON.stringify(Disclosure.parse(disclosure)), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="jishi-contract-${contractId}.json"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  });
};
