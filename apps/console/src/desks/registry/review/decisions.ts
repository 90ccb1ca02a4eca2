import type { RegistrationStatus } from '@jishi/contracts/ledger/registration';
import type { Role } from '@jishi/contracts/roles';

/** What «通过» does to a case: it registers, passes on, or confirms what another has passed. */
export type Approval = 'registers' | 'passes-on' | 'confirms';

/** Why nobody, or not this person, decides the case now. */
export type Undecidable = 'with-parties' | 'for-another' | 'for-senior' | 'decided';

export type Decisions =
  | { readonly may: true; readonly approval: Approval; readonly acceptsFirst: boolean }
  | { readonly may: false; readonly why: Undecidable };

interface Case {
  readonly status: RegistrationStatus;
  readonly needsSecondReview: boolean;
  /** Whether this officer passed it in the first review. */
  readonly firstReviewedByMe: boolean;
}

const no = (why: Undecidable): Decisions => ({ may: false, why });

/**
 * What an officer may decide. The second person never sees the first one's act, nor the first the
 * second's: the ledger would refuse it, and a page does not offer what will be refused.
 */
export const decisionsFor = (of: Case, roles: readonly Role[]): Decisions => {
  switch (of.status) {
    case 'submitted':
    case 'accepted':
      return {
        may: true,
        approval: of.needsSecondReview ? 'passes-on' : 'registers',
        acceptsFirst: of.status === 'submitted',
      };
    case 'first-reviewed':
      if (of.firstReviewedByMe) return no('for-another');
      if (!roles.includes('senior-registrar')) return no('for-senior');
      return { may: true, approval: 'confirms', acceptsFirst: false };
    case 'returned':
      return no('with-parties');
    default:
      return no('decided');
  }
};
