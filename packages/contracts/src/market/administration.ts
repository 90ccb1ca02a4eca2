import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { OFFICER_ROLES, Role } from '../roles.ts';
import { Instant, LocalDate } from '../time.ts';
import { Organisation } from './accounts.ts';

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

/** What the person who checked an organisation looked at. */
export const EvidenceKind = z.enum(['business-licence', 'official-register', 'telephone', 'visit']);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** Who stands behind an organisation: one look by an administrator, and what it came to. */
export const OrganisationCheck = z.object({
  checkId: Id,
  organisationId: Id,
  outcome: z.enum(['verified', 'refused']),
  evidence: EvidenceKind,
  note: z.string(),
  checkedBy: Id,
  checkedAt: Instant,
});
export type OrganisationCheck = z.infer<typeof OrganisationCheck>;

const AdministeredOrganisation = Organisation.extend({
  createdAt: Instant,
  members: z.int().nonnegative(),
  pendingMembers: z.int().nonnegative(),
  lastCheck: OrganisationCheck.nullable(),
});
export type AdministeredOrganisation = z.infer<typeof AdministeredOrganisation>;

export const listOrganisations = endpoint({
  ...administrators,
  method: 'get',
  path: '/organisations',
  summary: {
    zh: '单位名录与核实情况',
    en: 'Organisations and whether somebody has checked who stands behind them',
  },
  query: z.strictObject({
    /** `waiting`: nobody has looked yet; `refused`: the last look came to nothing. */
    check: z.enum(['waiting', 'refused', 'verified']).optional(),
    /** A part of the name, or the whole code. */
    q: z.string().trim().min(1).max(100).optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(AdministeredOrganisation), next: Id.nullable() }),
  refusals: [],
});

export const checkOrganisation = endpoint({
  ...administrators,
  method: 'post',
  path: '/organisations/{organisationId}/checks',
  summary: {
    zh: '核实单位身份,或不予通过',
    en: 'Verify who stands behind an organisation, or refuse it, with the evidence',
  },
  params: z.strictObject({ organisationId: Id }),
  body: z.strictObject({
    checkId: Id,
    outcome: z.enum(['verified', 'refused']),
    evidence: EvidenceKind,
    /** What was seen: the number of the licence, who answered the telephone, what does not fit. */
    note: z.string().trim().min(4).max(500),
  }),
  answer: AdministeredOrganisation,
  refusals: ['id-reused', 'organisation-state', 'duties-not-separated', 'origin-not-allowed'],
});

export const listOrganisationChecks = endpoint({
  ...market,
  method: 'get',
  path: '/organisations/{organisationId}/checks',
  summary: { zh: '单位核实记录', en: 'The checks of an organisation, newest first' },
  access: { who: 'roles', roles: ['administrator', 'auditor'] },
  accepts: 'cookie',
  params: z.strictObject({ organisationId: Id }),
  answer: z.object({ items: z.array(OrganisationCheck) }),
  refusals: [],
});

export const readAudit = endpoint({
  ...market,
  method: 'get',
  path: '/audit',
  summary: { zh: '操作留痕', en: 'Audit trail, newest first' },
  access: { who: 'roles', roles: ['administrator', 'auditor'] },
  accepts: 'cookie',
  query: z.strictObject({
    before: Id.optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(50),
    /** The whole name of an act, such as `organisation-verified`. */
    act: z.string().trim().min(1).max(60).optional(),
    actor: Id.optional(),
    /** Kind and id, or a beginning of it, such as `organisation:`. */
    object: z.string().trim().min(1).max(100).optional(),
    /** Business days, both included. */
    from: LocalDate.optional(),
    to: LocalDate.optional(),
  }),
  answer: z.object({
    items: z.array(AuditEntry.extend({ actorName: z.string().nullable() })),
    next: Id.nullable(),
    /** Every name of an act that the trail holds, to choose from. */
    acts: z.array(z.string()),
  }),
  refusals: [],
});

export const ADMINISTRATION_ENDPOINTS = [
  grantRole,
  listGrants,
  approveGrant,
  removeGrant,
  suspendPerson,
  reinstatePerson,
  listOrganisations,
  checkOrganisation,
  listOrganisationChecks,
  readAudit,
];
