import type { Client } from '@jishi/contracts/client';
import {
  confirmPublication,
  listPublicationWork,
  preparePublication,
} from '@jishi/contracts/ledger/publication-desk';
import type { Steps } from './trade-steps.ts';

/** The base year and the first link year, at most; the last of them waits. */
export const PREPARED_MONTHS = 24;

/**
 * The months that ended, in their order: one operator prepares, the other publishes. The last one
 * is left for the other to look at. A month that has been published or prepared stays as it is.
 */
export const publishMonths = async (
  { id }: Steps,
  preparer: Client,
  confirmer: Client,
  tell: (period: string) => void,
): Promise<void> => {
  const { months, items } = await preparer(listPublicationWork, {});
  const ended = months.slice(0, PREPARED_MONTHS).reverse();
  for (const [i, { period, lastVintage }] of ended.entries()) {
    if (lastVintage > 0) continue;
    const publicationId = id(`publication:${period}`);
    const known = items.find((item) => item.period === period && item.status === 'prepared');
    if (known && known.publicationId !== publicationId) continue;
    const body = { publicationId, period };
    const { status, contentHash } = known ?? (await preparer(preparePublication, { body }));
    tell(period);
    if (i === ended.length - 1 || status !== 'prepared') continue;
    await confirmer(confirmPublication, { params: { publicationId }, body: { contentHash } });
  }
};
