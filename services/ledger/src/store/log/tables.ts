import type { Generated } from 'kysely';

/** The tables of the log (migration 2026-11-22-01), as the queries see them. */
export interface LogTables {
  log_head: { only_row: Generated<boolean>; seq: bigint; recorded_at: string | null };
  log: {
    seq: bigint;
    stream: string;
    version: bigint;
    command_org: string;
    command_id: string;
    command_part: number;
    command_hash: Buffer;
    type: string;
    envelope: string;
    leaf: Buffer;
    recorded_at: string;
  };
  private_part: { seq: bigint; salt: Buffer; body: string };
  private_remainder: { seq: bigint; by_seq: bigint; body: string };
  claim: { kind: string; key: string; stream: string };
  registration_counter: { point: string; year: number; last: number };
  /** `build` counts how often the read model was made anew (migration 2026-11-29-23). */
  consumer_cursor: { name: string; seq: bigint; build: Generated<number> };
}
