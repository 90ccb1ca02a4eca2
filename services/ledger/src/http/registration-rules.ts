import {
  readRegistrationReasons,
  readRegistrationRules,
} from '@jishi/contracts/ledger/registry-endpoints';
import type { Service } from '@jishi/runtime/service';
import { REGISTRATION_REASONS } from '../domain/registration/reasons.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';

/** The rules as anybody may read them: amounts as text. */
const viewOfRules = ({ regimes, points, split, list, ...rules }: RegistrationRules) => ({
  regimes: regimes.map(({ secondReview, ...regime }) => ({
    ...regime,
    secondReview: {
      ...secondReview,
      value: { ...secondReview.value, fromFen: `${secondReview.value.fromFen}` },
    },
  })),
  regimeDate: {
    value: rules.regimeDate,
    status: 'ASSUMPTION' as const,
    source: 'No text was found that says which date selects the rules',
  },
  points: points.map((point) => ({ ...point, districts: [...point.districts] })),
  split,
  list: { ...list, value: { ...list.value, fromFen: `${list.value.fromFen}` } },
  proposalDays: rules.proposalDays,
});

/** GET /registration-rules and /registration-reasons. */
export const serveRegistrationRules = (service: Service, rules: RegistrationRules): void => {
  service.serve(readRegistrationRules, async () => viewOfRules(rules));
  service.serve(readRegistrationReasons, async () => ({
    items: REGISTRATION_REASONS.map((reason) => ({ ...reason, acts: [...reason.acts] })),
  }));
};
