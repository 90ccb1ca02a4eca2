import type { OrganisationCheck } from '@jishi/contracts/market/administration';
import { Refusal } from '@jishi/contracts/problem';

interface Checked {
  readonly id: string;
  readonly kind: 'domestic' | 'foreign' | 'office';
  readonly verified: boolean;
}

/**
 * Whether a person may come to this conclusion on an organisation. Refusals in this order: one's
 * own organisation; an office, which comes with the installation; a verified one verified again.
 * A verified one may be refused later: somebody looked again.
 */
export const requireCheckable = (
  organisation: Checked,
  outcome: OrganisationCheck['outcome'],
  by: { readonly organisationId: string },
): void => {
  if (organisation.id === by.organisationId) throw new Refusal('duties-not-separated');
  if (organisation.kind === 'office') throw new Refusal('organisation-state');
  if (organisation.verified && outcome === 'verified') throw new Refusal('organisation-state');
};

type Said = Omit<OrganisationCheck, 'checkedAt'>;

/** Whether a check with this id says the same as the one that is there. */
export const isSameCheck = (a: Said, b: Said): boolean =>
  a.organisationId === b.organisationId &&
  a.outcome === b.outcome &&
  a.evidence === b.evidence &&
  a.note === b.note &&
  a.checkedBy === b.checkedBy;
