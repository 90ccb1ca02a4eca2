import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SchemeView } from '@jishi/contracts/subsidy/policy';
import { parse } from 'yaml';
import { loadPolicy, type Policy } from '../domain/policy/load.ts';
import { ARTICLES, PARAMETER_KEYS } from '../domain/policy/parameters.ts';

/** A policy with the hash of the very bytes it was read from: decisions name it. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly hash: string;
}

const folder = new URL('../../policies/', import.meta.url);

/** Duplicate keys are refused by the parser; everything else by the policy's own loader. */
export const policyFromText = (text: string): LoadedPolicy => ({
  policy: loadPolicy(parse(text)),
  hash: createHash('sha256').update(text, 'utf8').digest('hex'),
});

export const readPolicy = async (scheme: string): Promise<LoadedPolicy> =>
  policyFromText(await readFile(new URL(`${scheme}/parameters.yaml`, folder), 'utf8'));

export const policyOf = (policies: readonly LoadedPolicy[], scheme: string): LoadedPolicy => {
  const found = policies.find(({ policy }) => policy.scheme === scheme);
  if (!found) throw new Error(`no policy is loaded for scheme ${scheme}`);
  return found;
};

export const readCasesFile = async (scheme: string): Promise<unknown> =>
  parse(await readFile(new URL(`${scheme}/cases.yaml`, folder), 'utf8'));

export const schemeView = ({ policy, hash }: LoadedPolicy): SchemeView => ({
  scheme: policy.scheme,
  zh: policy.zh,
  en: policy.en,
  from: policy.from,
  until: policy.until,
  policyHash: hash,
  objection: policy.objection,
  articles: ARTICLES.map((article) => policy.articles[article]),
  parameters: PARAMETER_KEYS.map((key) => ({
    key,
    ...policy.parameters[key],
    values: policy.parameters[key].values.map((value) => ({
      ...value,
      until: value.until ?? null,
    })),
  })),
});
