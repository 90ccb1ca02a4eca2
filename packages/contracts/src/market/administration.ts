import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { OFFICER_ROLES, Role } from '../roles.ts';
import { Instant } from '../time.ts';

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;

const OfficerRole = z.enum(OFFICER_ROLES);

export const RoleGrant = z.object({
  id: Id,
  userId: Id,
  role: OfficerRole,
  status: z.enum(['pending', 'effective', 'removed']),
  /** Null: made with the installation. */
  requestedBy: Id.nullable(),
  requestedAt: Instant,
  approvedBy: Id.nullable(),
});
export type RoleGrant = z.infer<typeof RoleGrant>;

const administrators = {
  ...market,
  access: { who: 'roles', roles: ['administrator'] },
  accepts: 'cookie',
} as const;

export const grantRole = endpoint({
  ...administrators,
  method: 'post',
  path: '/role-grants',
  summary: {
    zh: '授予岗位角色;部分角色须第二名管理员批准',
    en: 'Grant an officer role; some await a second administrator',
  },
  body: z.strictObject({ id: Id, userId: Id, role: OfficerRole }),
  answer: RoleGrant,
  refusals: ['id-reused', 'duties-not-separated', 'role-grant-state', 'origin-not-allowed'],
});

export const listGrants = endpoint({
  ...administrators,
  method: 'get',
  path: '/role-grants',
  summary: { zh: '角色授予记录', en: 'Role grants, newest first' },
  answer: z.object({ items: z.array(RoleGrant) }),
  refusals: [],
});

export const approveGrant = endpoint({
  ...administrators,
  method: 'post',
  path: '/role-grants/{grantId}/approval',
  summary: { zh: '第二名管理员批准', en: 'Approval by a second administrator' },
  params: z.strictObject({ grantId: Id }),
  answer: RoleGrant,
  refusals: ['duties-not-separated', 'role-grant-state', 'origin-not-allowed'],
});

export const removeGrant = endpoint({
  ...administrators,
  method: 'post',
  path: '/role-grants/{grantId}/removal',
  summary: {
    zh: '收回角色,并结束其会话',
    en: 'Take a role back; the sessions of its holder end',
  },
  params: z.strictObject({ grantId: Id }),
  answer: RoleGrant,
  refusals: ['duties-not-separated', 'role-grant-state', 'origin-not-allowed'],
});

const byUser = z.strictObject({ userId: Id });

export const suspendPerson = endpoint({
  ...administrators,
  method: 'post',
  path: '/people/{userId}/suspension',
  summary: { zh: '停用账户,结束其会话', en: 'Suspend an account; its sessions end' },
  params: byUser,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  answer: z.object({ userId: Id, suspended: z.boolean() }),
  refusals: ['duties-not-separated', 'origin-not-allowed'],
});

export const reinstatePerson = endpoint({
  ...administrators,
  method: 'post',
  path: '/people/{userId}/reinstatement',
  summary: { zh: '恢复账户', en: 'Reinstate a suspended account' },
  params: byUser,
  answer: z.object({ userId: Id, suspended: z.boolean() }),
  refusals: ['duties-not-separated', 'origin-not-allowed'],
});

export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  actorUserId: Id.nullable(),
  actorOrganisationId: Id.nullable(),
  actorRoles: z.array(Role),
  act: z.string(),
  object: z.string(),
  requestId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const readAudit = endpoint({
  ...market,
  method: 'get',
  path: '/audit',
  summary: { zh: '操作留痕', en: 'Audit trail, newest first' },
  access: { who: 'roles', roles: ['administrator', 'auditor'] },
  accepts: 'cookie',
  query: z.strictObject({
    before: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(AuditEntry), next: Id.nullable() }),
  refusals: [],
});

export const ADMINISTRATION_ENDPOINTS = [
  grantRole,
  listGrants,
  approveGrant,
  removeGrant,
  suspendPerson,
  reinstatePerson,
  readAudit,
];
