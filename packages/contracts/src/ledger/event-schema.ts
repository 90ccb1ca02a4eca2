import type { EventType } from './events.ts';

/**
 * The schema that new events of a type are written in. Whoever reads the log accepts every number
 * up to it and stops at a higher one: a later program wrote it.
 */
export const EVENT_SCHEMA = {
  ...{ LogOpened: 1, LogRecovered: 1, ListingOpened: 1, ListingRenewed: 1, ListingClosed: 1 },
  ...{ NeedOpened: 1, NeedRenewed: 1, NeedClosed: 1, SupplementRequested: 1 },
  ...{ ContractAccepted: 1, FirstReviewPassed: 1, RegistrationRefused: 1 },
  /** 2: form and attachments are always there; rows of schema 1 exist with and without them. */
  ...{ ContractSubmitted: 2, ContractRegistered: 2, ContractAmended: 2 },
  ...{ ReceiptRecorded: 1, ReceiptConfirmed: 1, ReceiptVerified: 1 },
  ...{ ChangeProposed: 1, ChangeRejected: 1, ContractDeregistered: 1, ContractRevoked: 1 },
  ...{ ReceiptReversalProposed: 1, ReceiptReversed: 1, RegisteredListIssued: 1 },
  PrivatePartErased: 1,
} as const satisfies Record<EventType, number>;
