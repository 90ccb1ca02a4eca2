import { newId } from '@jishi/contracts/ids';
import type { Submission } from '@jishi/contracts/ledger/registration';
import type { PartyRef } from '@jishi/contracts/party';
import type { Person } from '@jishi/contracts/principal';
import { type TestApp, testParty, testReceipt, testSubmission } from './testing.ts';

/** A desk of its own people, and contracts of two parties of their own, for tests over HTTP. */
export const openTestDesk = (
  ledger: TestApp,
  parties: { readonly seller?: PartyRef; readonly buyer?: PartyRef } = {},
) => {
  const seller = parties.seller ?? testParty('10000001');
  const buyer = parties.buyer ?? testParty('20000002', 'kunshan');
  const people = {
    seller: ledger.person(['listing-officer'], seller),
    buyer: ledger.person(['buyer'], buyer),
    registrar: ledger.person(['registrar']),
    senior: ledger.person(['senior-registrar']),
    auditor: ledger.person(['auditor']),
  };
  const reasons = [{ code: 'other', note: '测试' }];
  let seq = 0;
  const heard = <T extends Record<string, unknown>>(answer: T): T => {
    if (typeof answer.seq === 'number') seq = Math.max(seq, answer.seq);
    return answer;
  };
  const act = async (
    who: Person,
    contractId: string,
    name: string,
    version: number,
    more: object = {},
  ) =>
    heard(
      await ledger.as(who, 'POST', `/registrations/${contractId}/${name}`, {
        ...{ commandId: newId(), version, ...more },
      }),
    );
  const submit = async (submission: Submission) => {
    const body = { commandId: newId(), submission };
    return heard(await ledger.asService('market', people.seller, 'POST', '/registrations', body));
  };
  const caught = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}atLeast=${seq}`;
  const submission = (values: Parameters<typeof testSubmission>[0] = {}): Submission =>
    testSubmission(values, { seller, buyer });
  return {
    ...{ people, seller, buyer, reasons, act, submit, submission },
    lastSeq: (): number => seq,
    /** A read that waits for everything this desk has done. */
    read: (who: Person, path: string) => ledger.as(who, 'GET', caught(path)),
    /** Registered by the registrar: version 3. */
    register: async (values: Parameters<typeof testSubmission>[0] = {}): Promise<string> => {
      const one = submission(values);
      await submit(one);
      await act(people.registrar, one.contractId, 'accept', 1);
      const done = await act(people.registrar, one.contractId, 'approve', 2);
      if (done.status !== 200) throw new Error(JSON.stringify(done));
      return one.contractId;
    },
    propose: async (
      contractId: string,
      version: number,
      kind: 'amend' | 'deregister' | 'revoke',
      amended: object | null = null,
      who: Person = people.registrar,
    ) => {
      const changeId = newId();
      const body = { changeId, kind, reasons, amended };
      const answer = await act(who, contractId, 'changes', version, body);
      return { changeId, answer };
    },
    pay: async (contractId: string, amountFen: string) => {
      const receipt = testReceipt(amountFen);
      const path = `/registrations/${contractId}/receipts`;
      return { receipt, answer: heard(await ledger.as(people.seller, 'POST', path, receipt)) };
    },
    step: async (who: Person, contractId: string, receiptId: string, name: string) =>
      heard(
        await ledger.as(who, 'POST', `/registrations/${contractId}/receipts/${receiptId}/${name}`, {
          commandId: newId(),
        }),
      ),
  };
};
