import { Prisma } from '@/lib/generated/prisma/client'

/** Models of an organization, and the fields of which one must narrow every query of many rows. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  Membership: ['organizationId', 'accountId'],
  Role: ['organizationId'],
  Resource: ['organizationId'],
  RoleAssignment: ['organizationId'],
  ApiKey: ['organizationId'],
  Group: ['organizationId'],
  GroupMember: ['organizationId'],
  Policy: ['organizationId'],
  PolicyVersion: ['organizationId'],
  PolicyTest: ['organizationId'],
  ApplicationToken: ['organizationId'],
  ServiceAccount: ['organizationId'],
  TrustedIssuer: ['organizationId'],
  FoundSecret: ['organizationId'],
  Directory: ['organizationId'],
  ScimToken: ['organizationId'],
  ProvisioningMapping: ['organizationId'],
  ProvisioningRequest: ['organizationId'],
  Allowlist: ['organizationId', 'revertAt'],
  AllowlistEntry: ['organizationId'],
  AllowlistSighting: ['organizationId', 'lastAt'],
  AuditEvent: ['organizationId'],
  AuditSeal: ['organizationId'],
  SessionExclusion: ['organizationId', 'sessionId'],
  Session: ['accountId', 'id', 'expiresAt', 'organizationId'],
  SsoConnection: ['organizationId'],
  VerifiedDomain: ['organizationId', 'domain'],
  GroupMapping: ['organizationId'],
  MappedAssignment: ['organizationId'],
  ConnectionIdentity: ['organizationId'],
  BreakGlassHolder: ['organizationId'],
  BreakGlassCode: ['organizationId'],
  SamlKey: ['organizationId'],
  SamlArrival: ['organizationId', 'ticketHash', 'expiresAt'],
  SignInAttempt: ['id', 'expiresAt', 'connectionId'],
  TotpFactor: ['accountId'],
  Passkey: ['accountId', 'id'],
  RecoveryCode: ['accountId', 'id'],
  PasskeyChallenge: ['accountId', 'expiresAt'],
  PendingSignIn: ['accountId', 'id', 'expiresAt'],
}

const MANY = new Set(['findMany', 'findFirst', 'findFirstOrThrow', 'count', 'aggregate', 'groupBy', 'updateMany', 'updateManyAndReturn', 'deleteMany'])

function namesOwner(where: unknown, owners: readonly string[]): boolean {
  if (typeof where !== 'object' || where === null) return false
  const entries: [string, unknown][] = Object.entries(where)
  return entries.some(
    ([key, value]) =>
      (owners.includes(key) && value !== undefined && value !== null) ||
      (key === 'AND' && [value].flat().some((part) => namesOwner(part, owners))),
  )
}

/** Refuses a query of many rows that names no owner: a forgotten filter must not match every tenant. */
export const ownedOnly = Prisma.defineExtension({
  name: 'owned-only',
  query: {
    $allModels: {
      $allOperations({ model, operation, args, query }) {
        const owners = OWNERS[model]
        if (owners && MANY.has(operation) && !namesOwner('where' in args ? args.where : undefined, owners)) {
          throw new Error(`${model}.${operation} names no owner (one of ${owners.join(', ')})`)
        }
        return query(args)
      },
    },
  },
})
