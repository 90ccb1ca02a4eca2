import type { CaseView } from '@jishi/contracts/subsidy/case';
import { Tag } from '../../../kit/marks.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { Amount, Day, RegistrationNumber } from '../../../kit/values.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { yuanOf } from '../figures.ts';
import { useMe } from '../me.ts';
import { ClaimTag } from '../status-tags.tsx';
import { subsidyWords } from '../words.ts';

/** The contract as it stands in the ledger now. */
export const ContractFacts = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const { contract } = view;
  return (
    <Section title={w.contract}>
      <Facts
        items={[
          [w.title, contract.title],
          [w.number, <RegistrationNumber key="number" number={contract.registrationNumber} />],
          [
            w.standingLabel,
            <Tag key="standing" tone={contract.standing === 'registered' ? 'ok' : 'warn'}>
              {w[`standing.${contract.standing}`]}
            </Tag>,
          ],
          [w.registeredOn, <Day key="day" day={contract.registeredOn} />],
          [w.type, w[`type.${contract.contractType}`]],
          [w.seller, contract.sellerName],
          [w.buyer, contract.buyerName],
          [w.broker, contract.brokerName ?? w.none],
          [w.contractValue, <Amount key="value" fen={contract.contractValueFen} exact />],
          [w.technologyValue, <Amount key="tech" fen={contract.technologyValueFen} exact />],
        ]}
      />
    </Section>
  );
};

/** What the ledger changed after the registration, and what became of this case. */
export const Changes = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const { changes } = view.contract;
  if (changes.length === 0) return null;
  return (
    <Section title={w.changes}>
      <ul className="checks-list">
        {changes.map((change) => {
          const seen = view.reassessments.find((found) => found.seq === change.seq);
          return (
            <li key={change.seq}>
              <span aria-hidden="true">△</span>
              <span>
                <span className="checks-title">
                  #{change.seq} {w[`change.${change.kind}`]} <Day day={change.changedOn} />
                </span>
                {change.reasons.map((reason) => (
                  <span key={`${reason.code} ${reason.note}`} className="checks-found">
                    {reason.note || reason.code}
                  </span>
                ))}
                {seen ? (
                  <span className="checks-found">
                    {w[`outcome.${seen.outcome}`]}
                    {seen.beforeFen === seen.afterFen
                      ? ''
                      : ` · ${fill(w.fromTo, {
                          before: yuanOf(seen.beforeFen),
                          after: yuanOf(seen.afterFen),
                        })}`}
                  </span>
                ) : null}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
};

export const Claims = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  if (view.clawbacks.length === 0) return null;
  return (
    <Section title={w.clawbacks}>
      <ul className="checks-list">
        {view.clawbacks.map((claim) => (
          <li key={claim.clawbackId}>
            <span aria-hidden="true">·</span>
            <span>
              <Link to={`/subsidy/clawbacks/${claim.clawbackId}`}>
                <Amount fen={claim.amountFen} exact />
              </Link>{' '}
              <ClaimTag status={claim.status} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
};

export const Payment = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  const { payment } = view;
  if (!payment) return null;
  const id = payment.batchId.slice(-8);
  const seesBatches = me.is('finance-officer') || me.is('auditor');
  return (
    <Section title={w.payment}>
      <Facts
        items={[
          [w.amountYuan, <Amount key="amount" fen={payment.amountFen} exact bare />],
          [w.paidOn, payment.paidOn ? <Day key="day" day={payment.paidOn} /> : '–'],
          [w.bankReference, payment.bankReference ?? '–'],
          [
            w.batch,
            seesBatches ? (
              <Link key="batch" to={`/finance/batches/${payment.batchId}`}>
                <span className="mono">{id}</span>
              </Link>
            ) : (
              <span key="batch" className="mono">
                {id}
              </span>
            ),
          ],
        ]}
      />
    </Section>
  );
};
