import type { Client } from '@jishi/contracts/client';
import {
  type ListingDraft,
  readListingDraft,
  saveListingDraft,
} from '@jishi/contracts/market/drafts';
import type { Contact, ReturnReason } from '@jishi/contracts/market/listing';
import {
  createListing,
  createNeed,
  readListing,
  readNeed,
  returnListing,
  submitListing,
  submitNeed,
} from '@jishi/contracts/market/trade-listings';
import { orMissing } from './desk-steps.ts';
import type { ListingDraft as NamedListing, NeedDraft as NamedNeed, Steps } from './trade-steps.ts';

/** Begins a listing and leaves it as far as it is written. */
export const beginListing = async (
  { id }: Steps,
  owner: Client,
  name: string,
  content: ListingDraft,
  { name: contactName, phone }: Contact,
): Promise<void> => {
  const params = { listingId: id(name) };
  if (await orMissing(owner(readListingDraft, { params }))) return;
  const contact = { name: contactName, phone: phone ?? '', email: '' };
  const body = { commandId: id(`${name}:save`), version: 0, content, contact };
  await owner(saveListingDraft, { params, body });
};

/** Created and submitted; it waits for the exchange. */
export const submitForReview = async (
  { id }: Steps,
  owner: Client,
  { name, content, contact }: NamedListing,
): Promise<void> => {
  const listingId = id(name);
  const params = { listingId };
  await owner(createListing, { body: { listingId, content, contact } });
  const { status, version } = await owner(readListing, { params });
  if (status !== 'draft') return;
  await owner(submitListing, { params, body: { commandId: id(`${name}:submit`), version } });
};

export const submitNeedForReview = async (
  { id }: Steps,
  owner: Client,
  { name, content, contact }: NamedNeed,
): Promise<void> => {
  const needId = id(name);
  const params = { needId };
  await owner(createNeed, { body: { needId, content, contact } });
  const { status, version } = await owner(readNeed, { params });
  if (status !== 'draft') return;
  await owner(submitNeed, { params, body: { commandId: id(`${name}:submit`), version } });
};

/** The exchange sends a submitted listing back; what was done with it since stays. */
export const sendListingBack = async (
  { id }: Steps,
  reviewer: Client,
  name: string,
  reasons: readonly ReturnReason[],
): Promise<void> => {
  const params = { listingId: id(name) };
  const found = await orMissing(reviewer(readListing, { params }));
  if (found?.status !== 'submitted') return;
  const body = { commandId: id(`${name}:return`), version: found.version, reasons: [...reasons] };
  await reviewer(returnListing, { params, body });
};
