import type { LocalDate } from '@jishi/contracts/time';
import { LocalDate as LocalDateSchema } from '@jishi/contracts/time';
import { z } from 'zod';

/** The target file: what a city has set for a year, with where it says so. */
export const TargetFile = z.strictObject({
  targets: z.array(
    z.strictObject({
      scope: z.string(),
      /** How the scope may be written in the first event of a log. */
      scopeNames: z.array(z.string()),
      year: z.string().regex(/^\d{4}$/),
      amountFen: z.string().regex(/^[1-9]\d{0,17}$/),
      rule: z.enum(['exceed', 'reach']),
      /** One target of a scope and year is in force; others are kept for the record. */
      status: z.enum(['in-force', 'earlier-plan']),
      adoptedOn: LocalDateSchema.nullable(),
      source: z.string(),
    }),
  ),
});

export interface Target {
  readonly scope: string;
  readonly scopeNames: readonly string[];
  readonly year: number;
  readonly amountFen: bigint;
  readonly rule: 'exceed' | 'reach';
  readonly status: 'in-force' | 'earlier-plan';
  readonly adoptedOn: LocalDate | null;
  readonly source: string;
}

/** Reads the file; refuses two targets in force for the same scope and year. */
export const readTargets = (file: unknown): readonly Target[] => {
  const targets = TargetFile.parse(file).targets.map((target) => ({
    ...target,
    year: Number(target.year),
    amountFen: BigInt(target.amountFen),
  }));
  const inForce = targets.filter((target) => target.status === 'in-force');
  const keys = new Set(inForce.map((target) => `${target.scope} ${target.year}`));
  if (keys.size !== inForce.length) throw new Error('targets: two in force for one year');
  return targets;
};

/**
 * The target in force for a city and year; when the year has none of its own, the latest of the
 * years before it (carried). A year before every target has none.
 */
export const targetFor = (
  targets: readonly Target[],
  city: string,
  year: number,
): Target | undefined =>
  targets
    .filter((target) => target.scope === city || target.scopeNames.includes(city))
    .filter((target) => target.status === 'in-force' && target.year <= year)
    .sort((a, b) => b.year - a.year)[0];
