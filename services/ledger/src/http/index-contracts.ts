import { listCellContracts } from '@jishi/contracts/ledger/index-endpoints';
import type { Principal } from '@jishi/contracts/principal';
import type { Service } from '@jishi/runtime/service';
import { type CellContract, cellContracts } from '../domain/index/family/cell-contracts.ts';
import { partyIn } from './caller.ts';
import { askedSeries, readFamily } from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';
import { viewOf } from './index-view.ts';

/** Operator and auditor see all of them, a party its own, everybody else none. */
const sightOf = (principal: Principal | undefined): ((found: CellContract) => boolean) => {
  if (viewOf(principal) === 'exact') return () => true;
  const partyId = partyIn(principal);
  return ({ contract }) =>
    partyId !== null && [contract.sellerId, contract.buyerId].includes(partyId);
};

const rowOf = ({ contract, countedFen, unitContracts, excluded }: CellContract) => ({
  contractId: contract.contractId,
  registeredOn: contract.registeredOn,
  contractType: contract.contractType,
  fieldCode: contract.fieldCode,
  industryCode: contract.industryCode,
  sellerDistrict: contract.district,
  buyerDistrict: contract.buyerRegion === '' ? null : contract.buyerRegion,
  contractValueFen: `${contract.contractValueFen}`,
  technologyValueFen: `${contract.technologyValueFen}`,
  ...{ countedFen: `${countedFen}`, unitContracts, excluded },
});

const totalOf = (seen: readonly CellContract[]) => {
  const counted = seen.filter(({ excluded }) => excluded === null);
  return {
    contracts: seen.length,
    units: new Set(counted.map(({ unitKey }) => unitKey)).size,
    countedFen: `${counted.reduce((sum, one) => sum + one.countedFen, 0n)}`,
  };
};

/** GET /index/contracts. */
export const serveCellContracts = (service: Service, deps: IndexDeps): void => {
  service.serve(listCellContracts, async ({ query, principal }) => {
    const series = askedSeries(deps.family.method, query.cell, query.window);
    await deps.refuseBeyondHead(query.asOf);
    const isSeen = sightOf(principal);
    const answer = await readFamily(deps.family, query, (at) => {
      const seen = cellContracts(at, series, query.period).filter(isSeen);
      const rest = seen.filter(
        ({ contract }) => query.after === undefined || contract.contractId > query.after,
      );
      const page = rest.slice(0, query.limit);
      return {
        series: series.key,
        head: { seq: at.market.seq, recordedAt: at.market.recordedAt },
        total: totalOf(seen),
        items: page.map(rowOf),
        next: rest.length > page.length ? (page.at(-1)?.contract.contractId ?? null) : null,
      };
    });
    return listCellContracts.answer.parse(answer);
  });
};
