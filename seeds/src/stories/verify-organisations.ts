import { newId } from '@jishi/contracts/ids';
import { checkOrganisation, listOrganisations } from '@jishi/contracts/market/administration';
import type { Session } from '@jishi/contracts/session';

/**
 * An administrator looks at organisations that signed up, so that they may publish and sign. One
 * that has been verified is left as it is.
 */
export const verifyOrganisations = async (
  administrator: Session,
  usccs: readonly string[],
  note: string,
): Promise<void> => {
  const market = administrator.on('market');
  for (const uscc of usccs) {
    const { items } = await market(listOrganisations, { query: { q: uscc, limit: 1 } });
    const [organisation] = items;
    if (!organisation) throw new Error(`no organisation has the code ${uscc}`);
    if (organisation.verified) continue;
    await market(checkOrganisation, {
      params: { organisationId: organisation.id },
      body: { checkId: newId(), outcome: 'verified', evidence: 'official-register', note },
    });
  }
};
