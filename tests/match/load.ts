import { type Id, newId } from '@jishi/contracts/ids';
import type { ListingContent } from '@jishi/contracts/market/listing';
import { INDEX_BATCH_MAX, indexDocuments } from '@jishi/market/store/matching/documents';
import { searchText } from '@jishi/market/store/trade/search-hook';
import type { TradeDb, TradeTrx } from '@jishi/market/store/trade/tables';
import { sql } from 'kysely';
import type { Line } from './records.ts';

/** A fixed day: what is measured does not depend on today. */
export const LOADED_ON = '2026-11-01';
const EXPIRES_ON = '2027-11-01';
const OWNER = newId();

/** A record of a foreign collection says nothing but its texts; the rest is set, not guessed. */
const contentOf = (line: Line): ListingContent => ({
  title: line.title === '' ? line.text : line.title,
  summary: line.title === '' ? '' : line.text,
  problemSolved: '',
  gain: null,
  closestAlternative: '',
  trl: 1,
  trlEvidence: '',
  intellectualProperty: [],
  fieldCode: 'electronics',
  industryCode: 'M',
  district: 'outside',
  dealTypes: ['transfer'],
  price: { mode: 'negotiable' },
  venue: null,
});

const publish = async (
  trx: TradeTrx,
  batch: readonly { readonly id: Id; readonly content: ListingContent }[],
): Promise<void> => {
  const ids = batch.map(({ id }) => id);
  await sql`select set_config('app.party_id', ${OWNER}, true),
    set_config('app.organisation_id', ${OWNER}, true)`.execute(trx);
  await sql`insert into announcement (id, kind, status, version, owner_organisation_id,
      owner_party_id, owner, makers, content, created_at)
    select id, 'listing', 'draft', 1, ${OWNER}, ${OWNER}, '{}', array[${OWNER}::uuid], content,
      ${LOADED_ON}
    from unnest(${ids}::uuid[], ${batch.map((b) => JSON.stringify(b.content))}::jsonb[])
      as loaded (id, content)`.execute(trx);
  await sql`update announcement set status = 'published', opened_on = ${LOADED_ON},
    expires_on = ${EXPIRES_ON} where id = any(${ids}::uuid[])`.execute(trx);
  const documents = batch.map(({ id, content }) => ({ id, text: searchText(content) }));
  await indexDocuments(trx, 'listing', documents);
};

/** Loads records as published listings, whatever the role may; the names of their ids. */
export const loadAsPublished = async (
  db: TradeDb,
  corpus: readonly Line[],
): Promise<ReadonlyMap<Id, string>> => {
  const names = new Map<Id, string>();
  for (let at = 0; at < corpus.length; at += INDEX_BATCH_MAX) {
    const batch = corpus.slice(at, at + INDEX_BATCH_MAX).map((line) => {
      const id = newId();
      names.set(id, line._id);
      return { id, content: contentOf(line) };
    });
    await db.transaction().execute((trx) => publish(trx, batch));
  }
  await sql`vacuum analyze`.execute(db);
  return names;
};
