import { AppError } from '@/lib/errors'
import { now } from '@/lib/clock'
import { requestFacts } from '@/lib/request'
import type { Tx } from '@/lib/db'
import type { Ctx, Entered, MembershipFacts, OrganizationFacts } from './context'
import type { AccessModel } from './models/access-model'
import type { CorePermission } from './permissions'
import type { Actor } from './principals/actor'
import { noteVisit } from './principals/session'
import { rightsOf, rightsOfCommand } from './rights'
import { indexStore } from './snapshots/index-store'
import { modelOf } from './snapshots/rows-from-database'

const organizationColumns = { id: true, slug: true, name: true, accessModel: true, memberLimit: true, accessVersion: true } as const

type Found = { organization: OrganizationFacts & { accessVersion: bigint }; membership: MembershipFacts | null }

const NOT_FOUND = () => new AppError('not-found', 'no such organization, or you are not a member of it')

/** An organization is found through membership, so that another organization's existence stays hidden. */
async function findEntrance(tx: Tx, actor: Actor, org: string): Promise<Found> {
  const byRef = org.startsWith('org_') ? { id: org } : { slug: org }
  if (actor.type === 'command') {
    const organization = await tx.organization.findUnique({ where: byRef, select: organizationColumns })
    if (!organization) throw new AppError('not-found', `no organization \`${org}\``)
    return { organization, membership: null }
  }
  const membership = await tx.membership.findFirst({
    where:
      actor.type === 'session'
        ? { accountId: actor.accountId, organization: byRef }
        : { organizationId: actor.organizationId, id: actor.membershipId, organization: byRef },
    select: { id: true, email: true, name: true, status: true, lastSeenAt: true, organization: { select: organizationColumns } },
  })
  if (!membership) throw NOT_FOUND()
  if (membership.status !== 'active') {
    throw new AppError('unauthenticated', `your membership in ${membership.organization.name} is suspended`)
  }
  if (actor.type === 'session') {
    const excluded = await tx.sessionExclusion.findUnique({
      where: { sessionId_organizationId: { sessionId: actor.sessionId, organizationId: membership.organization.id } },
    })
    if (excluded) throw new AppError('unauthenticated', `an administrator ended your session in ${membership.organization.name}`)
  }
  const { organization, id, email, name, lastSeenAt } = membership
  if (actor.type === 'session') noteVisit({ id, organizationId: organization.id, lastSeenAt }, actor.method, now())
  return { organization, membership: { id, email, name } }
}

/** The model in force, for the local command, which needs no index. */
async function findStoredModel(tx: Tx, { id, accessModel }: OrganizationFacts): Promise<AccessModel> {
  if (accessModel !== 'custom') return modelOf(accessModel, null)
  const newest = await tx.accessModelVersion.findFirst({ where: { organizationId: id }, select: { text: true }, orderBy: { version: 'desc' } })
  return modelOf(accessModel, newest?.text ?? null)
}

/**
 * Brings an actor into an organization.
 *
 * @param org address slug or id
 * @param known what was read along with the actor at this very request: only for reading, changes look again
 * @throws AppError `not-found` when the actor is no member, `unauthenticated` when suspended or its session was ended there
 */
export async function enter(tx: Tx, actor: Actor, org: string, known?: Found): Promise<Entered> {
  const { organization: { accessVersion, ...organization }, membership } = known?.organization.id === org ? known : await findEntrance(tx, actor, org)
  const at = now()
  // The version was read with the membership, so the index is at least as new as the row that let the actor in.
  const inside = { orgId: organization.id, organization, membership, actor, tx, now: at, request: requestFacts() }
  if (membership === null) return { ...inside, model: await findStoredModel(tx, organization), rights: rightsOfCommand(organization.id) }
  const index = await indexStore().atLeast(organization.id, Number(accessVersion))
  return { ...inside, model: index.model, rights: rightsOf(index, membership.id, at) }
}

const isProven = <P extends CorePermission>(entered: Entered, holds: boolean): entered is Ctx<P> => holds && entered.orgId !== ''

/** Proves membership only: for what everyone may do with what is theirs. */
export function asMember(entered: Entered): Ctx {
  if (!isProven<never>(entered, true)) throw NOT_FOUND()
  return entered
}

/**
 * Proves a permission, held anywhere, or at `scopeId` when given.
 *
 * @throws AppError `forbidden` naming the permission and the scope that lacked it; `not-found` for a scope the organization does not have
 */
export function requirePermission<P extends CorePermission>(entered: Entered, permission: P, scopeId?: string): Ctx<P> {
  const holds = scopeId === undefined ? entered.rights.anywhere(permission) : entered.rights.holds(permission, scopeId)
  if (isProven<P>(entered, holds)) return entered
  const scope = scopeId ?? entered.orgId
  if (!entered.rights.knows(scope)) throw new AppError('not-found', `no resource \`${scope}\``)
  throw new AppError('forbidden', `\`${permission}\` is missing in ${entered.organization.name}`, { missing: { permission, scope } })
}
