import { z } from '@hono/zod-openapi';

/** What a person may be; a member of an organisation holds one or more of these. */
export const Role = z.enum([
  'listing-officer',
  'buyer',
  'broker',
  'registrar',
  'senior-registrar',
  'subsidy-officer',
  'finance-officer',
  'exchange-operator',
  'auditor',
  'administrator',
]);
export type Role = z.infer<typeof Role>;

/** Roles that any organisation may give to its own members. */
export const TRADING_ROLES = ['listing-officer', 'buyer', 'broker'] as const;
export type TradingRole = (typeof TRADING_ROLES)[number];

/** Roles that only an administrator of the installation gives. */
export const OFFICER_ROLES = [
  'registrar',
  'senior-registrar',
  'subsidy-officer',
  'finance-officer',
  'exchange-operator',
  'auditor',
  'administrator',
] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];

export const ServiceName = z.enum(['market', 'ledger', 'subsidy']);
export type ServiceName = z.infer<typeof ServiceName>;
