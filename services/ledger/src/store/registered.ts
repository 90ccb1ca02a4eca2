import type { Kysely } from 'kysely';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import type { LedgerTables } from './database.ts';
import type { Totalled } from './queue.ts';
import { parseDocument } from './registration-view.ts';

export interface RegisteredFilter {
  readonly number?: string | undefined;
  readonly title?: string | undefined;
  readonly party?: string | undefined;
  readonly district?: string | undefined;
  readonly contractType?: string | undefined;
  readonly standing?: 'registered' | 'amended' | 'deregistered' | 'revoked' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly side?: 'below' | 'at-or-over' | undefined;
  readonly pendingChange?: boolean | undefined;
}

export interface RegisteredPlace {
  readonly registeredOn: string;
  readonly contractId: string;
}

/** Text that stands for itself inside a pattern. */
const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const filtered = (db: Kysely<LedgerTables>, filter: RegisteredFilter, sideFromFen: bigint) => {
  let query = db
    .selectFrom('registration_view as view')
    .where('view.registered_on', 'is not', null);
  const { number, title, party, district, contractType, standing, from, to } = filter;
  if (number) query = query.where('view.registration_number', 'like', `${number}%`);
  if (title) query = query.where('view.title', 'ilike', contains(title));
  if (party) query = query.where('view.party_names', 'ilike', contains(party));
  if (district) query = query.where('view.district', '=', district);
  if (contractType) query = query.where('view.contract_type', '=', contractType);
  if (standing) {
    const status = standing === 'amended' ? 'registered' : standing;
    query = query.where('view.status', '=', status);
  }
  if (standing === 'amended') query = query.where('view.amendment', '>', 0);
  if (standing === 'registered') query = query.where('view.amendment', '=', 0);
  if (from) query = query.where('view.registered_on', '>=', from);
  if (to) query = query.where('view.registered_on', '<', to);
  if (filter.side) {
    const operator = filter.side === 'below' ? '<' : '>=';
    query = query.where('view.contract_value_fen', operator, sideFromFen);
  }
  if (filter.pendingChange !== undefined) {
    query = query.where('view.pending', '=', filter.pendingChange);
  }
  return query;
};

/** Registered contracts, the newest first; after a place. */
export const readRegistered = async (
  db: Kysely<LedgerTables>,
  filter: RegisteredFilter,
  sideFromFen: bigint,
  page: { readonly after: RegisteredPlace | null; readonly limit: number },
): Promise<RegistrationDocument[]> => {
  const { after, limit } = page;
  const rows = await filtered(db, filter, sideFromFen)
    .select('view.body')
    .$if(after !== null, (query) =>
      query.where((where) =>
        where(
          where.refTuple('view.registered_on', 'view.contract_id'),
          '<',
          where.tuple(after?.registeredOn ?? '', after?.contractId ?? ''),
        ),
      ),
    )
    .orderBy('view.registered_on', 'desc')
    .orderBy('view.contract_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => parseDocument(row.body));
};

export const totalRegistered = async (
  db: Kysely<LedgerTables>,
  filter: RegisteredFilter,
  sideFromFen: bigint,
): Promise<Totalled> => {
  const row = await filtered(db, filter, sideFromFen)
    .select((select) => [
      select.fn.countAll<bigint>().as('count'),
      select.fn.sum<string | null>('view.contract_value_fen').as('contract'),
      select.fn.sum<string | null>('view.technology_value_fen').as('technology'),
    ])
    .executeTakeFirstOrThrow();
  return {
    count: Number(row.count),
    contractValueFen: row.contract ?? '0',
    technologyValueFen: row.technology ?? '0',
  };
};
