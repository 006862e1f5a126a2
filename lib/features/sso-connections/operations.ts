import type { Ctx } from '@/lib/access/context'
import { endConnectionSessions } from '@/lib/access/principals/session'
import type { Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { fieldProblem } from '@/lib/features/accounts/rules'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { giverOf } from '@/lib/features/roles/insert'
import type { Prisma } from '@/lib/generated/prisma/client'
import { newId } from '@/lib/ids'
import { addressProblem } from '@/lib/outgoing/guarded-fetch'
import { seal } from '@/lib/secrets'
import { resolveMappings } from './mappings'
import { findConnection, listMappings } from './queries'
import type { ConnectionKind } from './rules'
import { ConnectionInput, CreateConnectionInput, SetMappingsInput, StoredAttributes, StoredOidcSettings, UpdateConnectionInput } from './schema'

const targetOf = ({ id, name }: { id: string; name: string }): Target => ({ type: 'connection', id, name })

type Wanted = { issuer?: string | undefined; clientId?: string | undefined; assumesVerified?: boolean | undefined }

/** Settings with what is wanted put in. @throws AppError `invalid-input` */
function settingsWith(kind: ConnectionKind, before: StoredOidcSettings, wanted: Wanted): StoredOidcSettings {
  const issuer = kind === 'google' ? env().GOOGLE_ISSUER : (wanted.issuer ?? before.issuer)
  const problem = issuer === '' ? null : addressProblem(issuer)
  if (problem !== null) throw fieldProblem('issuer', `This address cannot be used: ${problem}`)
  return { issuer, clientId: wanted.clientId ?? before.clientId, assumesVerified: wanted.assumesVerified ?? before.assumesVerified }
}

const NONE: StoredOidcSettings = { issuer: '', clientId: '', assumesVerified: false }

/** SAML has settings of its own; these belong to the kinds that speak OpenID Connect. */
function requireNoOidc(wanted: Record<string, unknown>): void {
  const name = ['issuer', 'clientId', 'clientSecret', 'assumesVerified'].find((each) => wanted[each] !== undefined)
  if (name) throw fieldProblem(name, 'A SAML connection has no such setting; give it metadata instead')
}

const namedAttributes = (attributes: Record<string, string | undefined>): Prisma.InputJsonObject =>
  Object.fromEntries(Object.entries(attributes).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''))

/** Makes a connection as a draft. It lets nobody in before it is tested and enabled. */
export const createConnection = operation({
  event: 'connection.create',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: CreateConnectionInput,
  run: async (ctx, { kind, name, clientSecret, attributes = {}, allowedDomains = [], ...wanted }) => {
    if (kind === 'saml') requireNoOidc({ ...wanted, clientSecret })
    const id = newId('connection')
    const settings = kind === 'saml' ? {} : settingsWith(kind, NONE, wanted)
    const { id: createdById, name: createdByName } = giverOf(ctx)
    await ctx.tx.ssoConnection.create({
      data: {
        id, organizationId: ctx.orgId, kind, name, settings, clientSecret: clientSecret ? seal(clientSecret) : null, attributes: namedAttributes(attributes), allowedDomains,
        createdById, createdByName, createdAt: ctx.now, updatedAt: ctx.now,
      },
    })
    return { value: { id }, targets: [targetOf({ id, name })], after: { kind, name, ...settings, allowedDomains } }
  },
})

/** After a change of whom is asked, an earlier test proves nothing. */
const UNTESTED = { testedAt: null, testedById: null, testedByName: '', testedSessionId: null, isTestedAsSelf: false }

/** A connection, row held until the transaction ends. @throws AppError `not-found` */
async function lockConnection(ctx: Ctx, id: string) {
  await ctx.tx.$queryRaw`SELECT 1 FROM "SsoConnection" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  return findConnection(ctx, id)
}

const save = (ctx: Ctx, id: string, data: Prisma.SsoConnectionUpdateInput) =>
  ctx.tx.ssoConnection.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { ...data, updatedAt: ctx.now }, select: { id: true } })

/** Changes a connection. Another provider, client or secret has to be tested anew; what is enabled stays so meanwhile. */
export const updateConnection = operation({
  event: 'connection.update',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: UpdateConnectionInput,
  run: async (ctx, { id, name, clientSecret, attributes, allowedDomains, ...wanted }) => {
    const connection = await lockConnection(ctx, id)
    if (connection.kind === 'saml') requireNoOidc({ ...wanted, clientSecret })
    const before = { name: connection.name, attributes: namedAttributes(StoredAttributes.parse(connection.attributes)), allowedDomains: connection.allowedDomains }
    const after = { name: name ?? before.name, attributes: attributes ? namedAttributes(attributes) : before.attributes, allowedDomains: allowedDomains ?? before.allowedDomains }
    const settingsBefore = StoredOidcSettings.parse(connection)
    const settings = connection.kind === 'saml' ? null : settingsWith(connection.kind, settingsBefore, wanted)
    const isOther = Boolean(clientSecret) || (settings !== null && (settings.issuer !== settingsBefore.issuer || settings.clientId !== settingsBefore.clientId))
    const status = isOther && connection.status !== 'enabled' ? 'draft' : connection.status
    await save(ctx, id, { ...after, status, ...(settings && { settings }), ...(clientSecret && { clientSecret: seal(clientSecret) }), ...(isOther && UNTESTED) })
    return {
      value: { id }, targets: [targetOf({ id, name: after.name })], before: { ...before, ...(settings && settingsBefore) },
      after: { ...after, ...settings }, ...(clientSecret && { detail: { clientSecret: 'replaced' } }),
    }
  },
})

/** That the organization would still be entered by somebody. @throws AppError `conflict` */
async function requireAnother(ctx: Ctx, id: string, what: string): Promise<void> {
  const { isSsoOnly } = await ctx.tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { isSsoOnly: true } })
  const others = await ctx.tx.ssoConnection.count({ where: { organizationId: ctx.orgId, status: 'enabled', id: { not: id } } })
  if (isSsoOnly && others === 0) throw new AppError('conflict', `SSO-only is on and this is the only enabled connection: nobody could sign in any more; switch SSO-only off before you ${what} it`)
}

/** Lets people in through a tested connection. */
export const enableConnection = operation({
  event: 'connection.enable',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: ConnectionInput,
  run: async (ctx, { id }) => {
    const { name, status, testedAt } = await lockConnection(ctx, id)
    if (status === 'enabled') return { value: { id }, events: [] }
    if (testedAt === null) throw new AppError('conflict', `\`${name}\` has not been tested since its settings changed; test it first`)
    await save(ctx, id, { status: 'enabled' })
    return { value: { id }, targets: [targetOf({ id, name })], before: { status }, after: { status: 'enabled' } }
  },
})

/** Lets nobody in any more; sessions that came through it end. */
export const disableConnection = operation({
  event: 'connection.disable',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: ConnectionInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const { name, status } = await lockConnection(ctx, id)
    if (status !== 'enabled') return { value: { id, sessionsEnded: 0 }, events: [] }
    await requireAnother(ctx, id, 'disable')
    await save(ctx, id, { status: 'disabled' })
    const sessionsEnded = await endConnectionSessions(ctx.tx, ctx.orgId, id, 'connection-disabled')
    return { value: { id, sessionsEnded }, targets: [targetOf({ id, name })], before: { status }, after: { status: 'disabled' }, detail: { sessionsEnded } }
  },
})

/** Removes a connection; sessions that came through it end, roles that came from it stay as if given by hand. */
export const deleteConnection = operation({
  event: 'connection.delete',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  recent: true,
  input: ConnectionInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const { name, kind, status } = await lockConnection(ctx, id)
    if (status === 'enabled') await requireAnother(ctx, id, 'delete')
    const sessionsEnded = await endConnectionSessions(ctx.tx, ctx.orgId, id, 'connection-deleted')
    await ctx.tx.ssoConnection.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } } })
    return { value: { id, sessionsEnded }, targets: [targetOf({ id, name })], before: { kind, name, status }, detail: { sessionsEnded } }
  },
})

/** Replaces the group mappings of a connection. Roles that are new in them must be the giver's own. They count from each person's next sign-in on. */
export const setMappings = operation({
  event: 'connection.set-mappings',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: SetMappingsInput,
  run: async (ctx, { id, mappings }) => {
    const { name } = await lockConnection(ctx, id)
    const before = await listMappings(ctx, id)
    const wanted = await resolveMappings(ctx, id, mappings)
    const giver = giverOf(ctx)
    await ctx.tx.groupMapping.deleteMany({ where: { organizationId: ctx.orgId, connectionId: id } })
    await ctx.tx.groupMapping.createMany({
      data: wanted.map(({ group, roleId, scopeId }, index) => ({
        id: newId('groupMapping'), organizationId: ctx.orgId, connectionId: id, group, roleId, scopeId, priority: index + 1, createdById: giver.id, createdByName: giver.name, createdAt: ctx.now,
      })),
    })
    const after = await listMappings(ctx, id)
    const words = (list: typeof after) => ({ mappings: list.map((each) => `${each.group} → ${each.words}`) })
    return { value: { id, mappings: after.length }, targets: [targetOf({ id, name })], before: words(before), after: words(after) }
  },
})
