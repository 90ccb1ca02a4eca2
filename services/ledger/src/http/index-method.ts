import { readMethod } from '@jishi/contracts/ledger/index-endpoints';
import type { LinkedMethod } from '@jishi/contracts/ledger/index-family';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import type { JsonValue } from '../domain/index/canonical-json.ts';
import { methodSections } from '../domain/index/method-text/sections.ts';
import { familyMethodOf } from '../store/index/family-method.ts';
import { hashOf } from '../store/index/method.ts';
import { requireVersion } from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';
import { viewOf } from './index-view.ts';
import { ASKED_ABOUT_AGAIN, keptAnswer } from './kept-answer.ts';
import { methodsOf } from './public-values.ts';

/** θ of each link year: as it stands for the exact view, as it was published for the public. */
const linkedFor = async (
  { family, values, published }: IndexDeps,
  principal: Principal | undefined,
): Promise<readonly LinkedMethod[]> => {
  if (viewOf(principal) === 'exact') return values.head(family.latest()).methods;
  const to = await published.latestPeriod();
  if (to === null) return [];
  const { from } = family.method.file.base;
  return methodsOf(await published.list({ from, to, vintage: 'latest' }));
};

/** GET /index/method. */
export const serveIndexMethod = (service: Service, deps: IndexDeps): void => {
  service.serveRaw(readMethod, async (asked) => {
    const { query, principal } = asked;
    const { method: followed } = deps.family;
    const method = familyMethodOf(query.method ?? followed.file.version);
    if (!method) requireVersion(followed, query.method);
    if (!method) throw new Refusal('not-found');
    const { file } = method;
    if (query.on !== undefined && query.on < `${file.base.from}-01`) throw new Refusal('not-found');
    const answer = {
      ...{ name: file.name, version: file.version, parameters: file },
      parameterHash: hashOf(file as unknown as JsonValue),
      linked: await linkedFor(deps, principal),
      sections: methodSections(method),
    };
    const keeping = viewOf(principal) === 'exact' ? null : ASKED_ABOUT_AGAIN;
    return keptAnswer(readMethod, asked, answer, keeping);
  });
};
