import type { Id } from '@jishi/contracts/ids';
import type { ContractHead, Declaration } from '@jishi/contracts/market/contract';
import type { FileKind } from '@jishi/contracts/market/files';
import type {
  CloseReason,
  Contact,
  ListingContent,
  ListingStatus,
  NeedContent,
  ReturnReason,
} from '@jishi/contracts/market/listing';
import type {
  NegotiationEntry,
  NegotiationStatus,
  NegotiationView,
  Side,
  Terms,
} from '@jishi/contracts/market/negotiation';
import type { FormInput } from '@jishi/contracts/market/registration-papers';
import type { PartyRef } from '@jishi/contracts/party';
import type { Person } from '@jishi/contracts/principal';
import type { Instant, LocalDate } from '@jishi/contracts/time';
import type { ColumnType, Generated, GeneratedAlways, Kysely, Transaction } from 'kysely';
import type { Offer } from '../../domain/negotiation/negotiation.ts';
import type { AccountTables } from '../accounts/tables.ts';

/** JSON columns are written as text and read as what they hold. */
type Json<T> = ColumnType<T, string, string>;

/** The part of a contract that is fixed when it is drawn up. */
export interface DrawnParts {
  readonly head: ContractHead;
  readonly terms: Terms;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
  readonly listingId: Id | null;
  readonly needId: Id | null;
}

export interface TradeTables
  extends Pick<AccountTables, 'organisation' | 'membership' | 'audit_entry' | 'auth_user'> {
  announcement: {
    id: Id;
    kind: 'listing' | 'need';
    status: ListingStatus;
    version: number;
    owner_organisation_id: Id;
    owner_party_id: Id;
    owner: Json<PartyRef>;
    makers: Id[];
    content: Json<ListingContent | NeedContent>;
    opened_on: LocalDate | null;
    expires_on: LocalDate | null;
    reasons: ColumnType<ReturnReason[], string | undefined, string>;
    close_reason: CloseReason | 'expired' | null;
    created_at: Instant;
    /** When it was last submitted; null while it never was. */
    submitted_at: Generated<Instant | null>;
    field_code: GeneratedAlways<string>;
    industry_code: GeneratedAlways<string>;
    district: GeneratedAlways<string>;
  };
  announcement_contact: { announcement_id: Id; owner_party_id: Id; contact: Json<Contact> };
  negotiation: {
    id: Id;
    status: NegotiationStatus;
    version: number;
    seller: Json<PartyRef>;
    buyer: Json<PartyRef>;
    broker: ColumnType<PartyRef | null, string | null, string | null>;
    broker_confirmed: boolean;
    listing_id: Id | null;
    need_id: Id | null;
    open_offer: ColumnType<Offer | null, string | null, string | null>;
    agreed: ColumnType<Offer | null, string | null, string | null>;
    contract_id: Id | null;
  };
  negotiation_participant: {
    negotiation_id: Id;
    party_id: Id;
    side: Side | 'broker';
    added_by: Id;
  };
  negotiation_entry: {
    negotiation_id: Id;
    version: number;
    user_id: Id;
    entry: Json<NegotiationEntry>;
    offer_id: GeneratedAlways<Id | null>;
  };
  contract: {
    id: Id;
    negotiation_id: Id;
    status: 'drawn' | 'signed' | 'discarded';
    version: number;
    drawn: Json<DrawnParts>;
    declarations: Json<{ seller: Declaration | null; buyer: Declaration | null }>;
    text: string | null;
    text_hash: string | null;
    signed_on: LocalDate | null;
    effective_on: LocalDate | null;
  };
  contract_signature: {
    contract_id: Id;
    negotiation_id: Id;
    side: Side;
    party_id: Id;
    user_id: Id;
    text_hash: string;
    signed_at: Instant;
  };
  file_content: { sha256: string; bytes: Buffer };
  contract_file: {
    id: Id;
    contract_id: Id;
    negotiation_id: Id;
    kind: FileKind;
    sha256: string;
    name: string;
    media_type: string;
    size: number;
    added_by_party: Id;
    added_by_user: Id;
    added_at: Instant;
  };
  contract_form: {
    contract_id: Id;
    negotiation_id: Id;
    version: number;
    form: Json<FormInput>;
    changed_by_user: Id;
    changed_at: Instant;
  };
  contract_submission: {
    contract_id: Id;
    registration_version: number;
    negotiation_id: Id;
    command_id: Id;
    file_ids: Id[];
    sent_by_user: Id;
    sent_at: Instant;
  };
  broker_decline: {
    party_id: Id;
    command_id: Id;
    answer: Json<NegotiationView>;
    declined_at: Instant;
  };
  trade_command: {
    organisation_id: Id;
    command_id: Id;
    fingerprint: string;
    record_id: Id;
    done_at: Instant;
  };
  outbox: {
    id: Id;
    position: GeneratedAlways<bigint>;
    stream: string;
    after_streams: string[];
    kind: 'listing-event' | 'contract';
    payload: string;
    actor: ColumnType<Person | null, string | null, never>;
    state: Generated<'waiting' | 'delivered' | 'parked'>;
    attempts: Generated<number>;
    next_attempt_at: Instant;
    created_at: Instant;
    delivered_at: Instant | null;
    reason: string | null;
  };
}

export type TradeDb = Kysely<TradeTables>;
export type TradeTrx = Transaction<TradeTables>;
