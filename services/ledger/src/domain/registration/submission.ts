import {
  type ContractPrivate,
  type ContractPublic,
  DOMESTIC_DISTRICTS,
} from '@jishi/contracts/ledger/events';
import { type PartyRef, partyIdOf } from '@jishi/contracts/party';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { isSameContent } from '../ledger-event.ts';
import type { ResubmitContract, SubmitContract } from './commands.ts';
import type { Known, Registration, RegistrationEvent } from './registration.ts';

type Submission = SubmitContract | ResubmitContract;

interface Content {
  readonly public: ContractPublic;
  readonly private: ContractPrivate;
}

/**
 * 卖方登记: the seller registers, at the seller's place; for an import the domestic buyer does
 * (draft of 2024-12-18, article 11). Null when neither is in this city.
 */
export const registrantOf = (content: Content): PartyRef | null => {
  const { public: open, private: hidden } = content;
  const party = open.isImport ? hidden.buyer : hidden.seller;
  const foreignSide = hidden.seller.key.kind === 'foreign';
  const inCity = (DOMESTIC_DISTRICTS as readonly string[]).includes(party.district);
  return inCity && open.isImport === foreignSide ? party : null;
};

/** Who a party is follows from its key alone: nobody's id stands beside another's name. */
const requireOwnIds = (hidden: ContractPrivate, at: string): void => {
  for (const side of ['seller', 'buyer', 'broker'] as const) {
    const party = hidden[side];
    if (!party || partyIdOf(party.key) === party.partyId) continue;
    throw refuseField(
      ...(['invalid-input', `${at}.private.${side}.partyId`, 'party-id'] as const),
      ...(['当事人编号与其身份不一致', 'The id is not that of the party'] as const),
    );
  }
};

/** What is published is the contract value or nothing: published values are no cover. */
const requirePublishedValue = ({ public: open, private: hidden }: Content, at: string): void => {
  const { publishedValueFen } = open;
  if (publishedValueFen === null || publishedValueFen === hidden.contractValueFen) return;
  throw refuseField(
    ...(['invalid-input', `${at}.public.publishedValueFen`, 'published-value'] as const),
    ...(['公开的金额须等于成交额', 'The published value is the contract value'] as const),
  );
};

/**
 * Refusals in order: not-registrant, technology-value-above-contract-value, invalid-input
 * (districts, ids of the parties, published value). `at`: where the content stands in the body.
 */
export const requireContent = (content: Content, at: 'submission' | 'amended'): void => {
  const { public: open, private: hidden } = content;
  const registrant = registrantOf(content);
  if (!registrant) throw new Refusal('not-registrant');
  if (BigInt(hidden.technologyValueFen) > BigInt(hidden.contractValueFen)) {
    throw new Refusal('technology-value-above-contract-value');
  }
  const wrong = (field: string) =>
    refuseField(
      'invalid-input',
      `${at}.public.${field}`,
      'party-district',
      '板块与当事人不一致',
      'The district is not that of the party',
    );
  if (open.sellerDistrict !== registrant.district) throw wrong('sellerDistrict');
  if (open.buyerDistrict !== hidden.buyer.district) throw wrong('buyerDistrict');
  requireOwnIds(hidden, at);
  requirePublishedValue(content, at);
};

const submitted = ({ data }: Submission): RegistrationEvent[] => [
  {
    type: 'ContractSubmitted',
    data: {
      public: { ...data.public, contractId: data.contractId, submittedOn: data.by.today },
      private: data.private,
    },
    metadata: { actor: data.by.actor },
  },
];

/**
 * A new contract, or one that is already here with the same content (no events).
 * Refusals in order: registration-state, not-registrant, technology-value-above-contract-value,
 * invalid-input (districts).
 */
export const submit = (command: SubmitContract, state: Registration): RegistrationEvent[] => {
  if (state.status !== 'none') {
    const { contractId, public: open, private: hidden } = command.data;
    const was = { contractId: state.contractId, public: state.public, private: state.private };
    if (isSameContent({ contractId, public: open, private: hidden }, was)) return [];
    throw new Refusal('registration-state');
  }
  requireContent(command.data, 'submission');
  return submitted(command);
};

/** With another seller or buyer it is another contract. */
export const requireSameParties = (state: Known, { seller, buyer }: ContractPrivate): void => {
  const was = [state.private.seller.partyId, state.private.buyer.partyId];
  if (!isSameContent(was, [seller.partyId, buyer.partyId])) throw new Refusal('parties-changed');
};

/**
 * After a return for supplements: everything may change but the contract id, seller and buyer
 * (that both signed another text is the market's to know). Refusals in order: registration-state,
 * parties-changed, then those of a new contract.
 */
export const resubmit = (command: ResubmitContract, state: Registration): RegistrationEvent[] => {
  if (state.status !== 'returned') throw new Refusal('registration-state');
  if (state.contractId !== command.data.contractId) throw new Refusal('registration-state');
  requireSameParties(state, command.data.private);
  requireContent(command.data, 'submission');
  return submitted(command);
};
