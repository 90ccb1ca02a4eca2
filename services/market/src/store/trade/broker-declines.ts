import type { Id } from '@jishi/contracts/ids';
import { NegotiationView } from '@jishi/contracts/market/negotiation';
import type { Instant } from '@jishi/contracts/time';
import type { TradeDb, TradeTrx } from './tables.ts';

/** What a broker is answered that declined, as often as it asks with the same command id. */
export const keepDecline = async (
  trx: TradeTrx,
  declined: {
    readonly partyId: Id;
    readonly commandId: Id;
    readonly answer: NegotiationView;
    readonly at: Instant;
  },
): Promise<void> => {
  await trx
    .insertInto('broker_decline')
    .values({
      party_id: declined.partyId,
      command_id: declined.commandId,
      answer: JSON.stringify(declined.answer),
      declined_at: declined.at,
    })
    .execute();
};

export const findDecline = async (
  db: TradeDb,
  partyId: Id,
  commandId: Id,
): Promise<NegotiationView | undefined> => {
  const row = await db
    .selectFrom('broker_decline')
    .select('answer')
    .where('party_id', '=', partyId)
    .where('command_id', '=', commandId)
    .executeTakeFirst();
  return row && NegotiationView.parse(row.answer);
};
