import { z } from '@hono/zod-openapi';
import { Region } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { PartyNature } from '../party.ts';
import { Role, ServiceName, TRADING_ROLES } from '../roles.ts';
import { Instant } from '../time.ts';
import { Uscc } from '../uscc.ts';

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;

const Email = z.email().max(254);
const PersonName = z.string().trim().min(1).max(100);
const OrganisationName = z.string().trim().min(1).max(200);
const TradingRole = z.enum(TRADING_ROLES);

/** Who signs up for trading: a domestic organisation by its code, or a foreign one by its name. */
export const OrganisationInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('domestic'),
    uscc: Uscc,
    name: OrganisationName,
    nature: PartyNature.exclude(['person', 'foreign']),
    district: Region.exclude(['abroad']),
  }),
  z.strictObject({
    kind: z.literal('foreign'),
    country: z.string().regex(/^[A-Z]{2}$/),
    name: OrganisationName,
  }),
]);
export type OrganisationInput = z.infer<typeof OrganisationInput>;

/** An organisation as its members see it. `office`: an authority or the exchange; no party. */
export const Organisation = z.object({
  id: Id,
  kind: z.enum(['domestic', 'foreign', 'office']),
  name: z.string(),
  uscc: Uscc.nullable(),
  country: z.string().nullable(),
  partyId: Id.nullable(),
  nature: PartyNature,
  district: Region,
  verified: z.boolean(),
  demo: z.boolean(),
});
export type Organisation = z.infer<typeof Organisation>;

export const MembershipStatus = z.enum(['pending', 'active', 'ended']);

export const Member = z.object({
  membershipId: Id,
  userId: Id,
  name: z.string(),
  email: z.string(),
  status: MembershipStatus,
  /** Approves further members of the organisation and gives them trading roles. */
  manages: z.boolean(),
  suspended: z.boolean(),
  roles: z.array(Role),
});
export type Member = z.infer<typeof Member>;

export const Me = z.object({
  userId: Id,
  name: z.string(),
  email: z.string(),
  membership: z
    .object({ id: Id, status: MembershipStatus, manages: z.boolean(), organisation: Organisation })
    .nullable(),
  /** What the person may be right now: empty while the membership is pending. */
  roles: z.array(Role),
});
export type Me = z.infer<typeof Me>;

const SignedUp = z.object({ status: z.literal('received') });

export const signUp = endpoint({
  ...market,
  method: 'post',
  path: '/sign-up',
  summary: {
    zh: '注册:账户与所属单位。已注册的邮箱得到同样的答复',
    en: 'Sign up with an organisation; an e-mail already in use gets the same answer',
  },
  access: { who: 'public' },
  body: z.strictObject({
    email: Email,
    password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
    name: PersonName,
    organisation: OrganisationInput,
    roles: z.array(TradingRole).min(1).max(TRADING_ROLES.length),
  }),
  answer: SignedUp,
  refusals: ['password-too-common', 'rate-limited', 'origin-not-allowed'],
});

export const signIn = endpoint({
  ...market,
  method: 'post',
  path: '/auth/sign-in/email',
  summary: { zh: '登录:答复设置会话 Cookie', en: 'Sign in; the answer sets the session cookie' },
  access: { who: 'public' },
  body: z.strictObject({ email: z.string().max(254), password: z.string().max(1_000) }),
  answer: z.object({ userId: Id, name: z.string() }),
  refusals: ['sign-in-failed', 'rate-limited', 'origin-not-allowed'],
});

export const signOut = endpoint({
  ...market,
  method: 'post',
  path: '/auth/sign-out',
  summary: { zh: '退出登录', en: 'Sign out; an open session ends, the cookie is cleared' },
  access: { who: 'public' },
  body: Nothing.optional(),
  answer: z.object({ signedOut: z.literal(true) }),
  refusals: ['origin-not-allowed'],
});

export const readMe = endpoint({
  ...market,
  method: 'get',
  path: '/me',
  summary: { zh: '我是谁', en: 'Who am I, in which organisation, with which roles' },
  access: { who: 'signed-in' },
  accepts: 'cookie',
  answer: Me,
  refusals: ['account-suspended'],
});

export const makeToken = endpoint({
  ...market,
  method: 'post',
  path: '/tokens',
  summary: {
    zh: '以会话 Cookie 换取一个服务的五分钟令牌',
    en: 'A five-minute bearer token for one service, for the holder of the session cookie',
  },
  access: { who: 'signed-in' },
  accepts: 'cookie',
  body: z.strictObject({ audience: ServiceName }),
  answer: z.object({ token: z.string(), audience: ServiceName, expiresAt: Instant }),
  refusals: ['account-suspended', 'membership-pending', 'origin-not-allowed', 'session-required'],
});

export const readJwks = endpoint({
  ...market,
  method: 'get',
  path: '/.well-known/jwks.json',
  summary: { zh: '人员令牌的公钥', en: "Public key of people's tokens" },
  access: { who: 'public' },
  answer: z.object({ keys: z.array(z.record(z.string(), z.string())) }),
  refusals: [],
});

const byOrganisation = z.strictObject({ organisationId: Id });
const byMembership = z.strictObject({ organisationId: Id, membershipId: Id });

export const readOrganisation = endpoint({
  ...market,
  method: 'get',
  path: '/organisations/{organisationId}',
  summary: { zh: '单位', en: 'An organisation, for its members and administrators' },
  access: { who: 'signed-in' },
  accepts: 'cookie',
  params: byOrganisation,
  answer: Organisation,
  refusals: [],
});

export const listMembers = endpoint({
  ...market,
  method: 'get',
  path: '/organisations/{organisationId}/members',
  summary: { zh: '成员与待批准的申请', en: 'Members and pending applications' },
  access: { who: 'signed-in' },
  accepts: 'cookie',
  params: byOrganisation,
  answer: z.object({ items: z.array(Member) }),
  refusals: [],
});

/** Decides on an application, or sets the trading roles of an active member. */
export const decideMember = endpoint({
  ...market,
  method: 'post',
  path: '/organisations/{organisationId}/members/{membershipId}',
  summary: {
    zh: '批准或结束成员资格,设定交易角色',
    en: 'Approve or end a membership, set its trading roles',
  },
  access: { who: 'signed-in' },
  accepts: 'cookie',
  params: byMembership,
  body: z.discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('approve'), roles: z.array(TradingRole).max(3) }),
    z.strictObject({ decision: z.literal('set-roles'), roles: z.array(TradingRole).max(3) }),
    z.strictObject({ decision: z.literal('end') }),
  ]),
  answer: Member,
  refusals: ['membership-state', 'role-missing', 'duties-not-separated', 'origin-not-allowed'],
});

export const ACCOUNT_ENDPOINTS = [
  signUp,
  signIn,
  signOut,
  readMe,
  makeToken,
  readJwks,
  readOrganisation,
  listMembers,
  decideMember,
];
