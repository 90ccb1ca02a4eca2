import {
  confirmChange,
  proposeChange,
  proposeReceiptReversal,
  rejectChange,
  withdrawChange,
} from '@jishi/contracts/ledger/registry-endpoints';
import type { Service } from '@jishi/runtime/service';
import { isOnRegister } from '../domain/registration/registration.ts';
import { readPrivateParts } from '../store/stream-history.ts';
import { type ActsDeps, actOn, contractStreamOf } from './act-on.ts';

/** 变更, 注销, 撤销, 删除 and the reversal of a receipt: proposed by one, decided by another. */
export const serveChangeActs = (service: Service, deps: ActsDeps): void => {
  service.serve(proposeChange, ({ principal, params, body }) => {
    const { changeId, kind, reasons, amended } = body;
    return actOn(deps, {
      ...{ principal, ...params, ...body, name: 'propose-change', content: body },
      command: (by) => ({ type: 'ProposeChange', data: { by, changeId, kind, reasons, amended } }),
    });
  });
  service.serve(proposeReceiptReversal, ({ principal, params, body }) => {
    const { contractId, receiptId } = params;
    const { changeId, reasons } = body;
    return actOn(deps, {
      ...{ principal, contractId, ...body, name: 'propose-reversal', content: [receiptId, body] },
      command: (by) => ({ type: 'ProposeReversal', data: { by, changeId, receiptId, reasons } }),
    });
  });
  service.serve(confirmChange, ({ principal, params: { contractId, changeId }, body }) =>
    actOn(deps, {
      ...{ principal, contractId, ...body, name: 'confirm-change', content: [changeId, body] },
      command: async (by, state) => {
        const erases = isOnRegister(state) && state.pending?.kind === 'erase';
        const stream = contractStreamOf(contractId);
        const parts = erases ? await readPrivateParts(deps.store.db, stream) : [];
        return { type: 'ConfirmChange', data: { by, changeId, parts } };
      },
    }),
  );
  service.serve(rejectChange, ({ principal, params: { contractId, changeId }, body }) =>
    actOn(deps, {
      ...{ principal, contractId, ...body, name: 'reject-change', content: [changeId, body] },
      command: (by) => ({
        type: 'RejectChange',
        data: { by, changeId, reasons: body.reasons },
      }),
    }),
  );
  service.serve(withdrawChange, ({ principal, params: { contractId, changeId }, body }) =>
    actOn(deps, {
      ...{ principal, contractId, ...body, name: 'withdraw-change', content: [changeId, body] },
      command: (by) => ({
        type: 'WithdrawChange',
        data: { by, changeId, reasons: body.reasons },
      }),
    }),
  );
};
