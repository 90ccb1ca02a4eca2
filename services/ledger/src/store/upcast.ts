import { EVENT_DATA, type EventType } from '@jishi/contracts/ledger/events';
import { EVENT_SCHEMA } from './encode-event.ts';

/** An event's content as it was recorded, in the schema of its day. */
export interface StoredContent {
  readonly type: string;
  readonly schema: number;
  readonly public: Record<string, unknown>;
  readonly private: Record<string, unknown> | null;
}

/** Columns that the contract's private part got later; without them in what was recorded before. */
const WITHOUT_FORM = { form: null, attachments: [] };

const hasContract = (type: string): boolean =>
  ['ContractSubmitted', 'ContractRegistered', 'ContractAmended'].includes(type);

/** The same content in today's type and schema. Steps join here when a schema gets a version 2. */
export const upcast = (stored: StoredContent): StoredContent & { readonly type: EventType } => {
  if (!(stored.type in EVENT_DATA) || stored.schema > EVENT_SCHEMA) {
    throw new Error(`event ${stored.type} of schema ${stored.schema} is not known here`);
  }
  const hidden = stored.private;
  return {
    ...stored,
    type: stored.type as EventType,
    private: hidden && hasContract(stored.type) ? { ...WITHOUT_FORM, ...hidden } : hidden,
  };
};
