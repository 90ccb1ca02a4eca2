import type { BodyOf } from '@jishi/contracts/endpoint';
import type { fixImport } from '@jishi/contracts/market/import-endpoints';

/** Sends a fix, and says of how many cells. */
export type SendFix = (fix: BodyOf<typeof fixImport>['fix'], cells: number) => void;
