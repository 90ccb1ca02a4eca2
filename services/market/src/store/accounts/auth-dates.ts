import type { KyselyPlugin, PluginTransformResultArgs, QueryResult, UnknownRow } from 'kysely';

const DATE_COLUMNS = new Set([
  'createdAt',
  'updatedAt',
  'expiresAt',
  'accessTokenExpiresAt',
  'refreshTokenExpiresAt',
]);

const withDates = (row: UnknownRow): UnknownRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      DATE_COLUMNS.has(column) && typeof value === 'string' ? new Date(value) : value,
    ]),
  );

/**
 * Our pools answer instants as text; the sign-in library compares Date objects, and a text there
 * would make every session look unexpired. Only its own connection gets this.
 */
export const authDates: KyselyPlugin = {
  transformQuery: (args) => args.node,
  transformResult: async (args: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => ({
    ...args.result,
    rows: args.result.rows.map(withDates),
  }),
};
