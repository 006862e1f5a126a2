import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { COMMAND, type Actor, type CredentialActor, type DirectoryActor, type Entrance, type SessionActor } from './principals/actor'
import { tokenName } from './principals/credential-row'
import { refusalText } from './principals/refusals'
import { noteVisit } from './principals/session'
import { expired, requireSessionDemands, sessionDemandColumns } from './session-policy'
import { requireWayIn } from './way-in'

const organizationColumns = { id: true, slug: true, name: true, accessModel: true, memberLimit: true, accessVersion: true } as const

export const NOT_FOUND = () => new AppError('not-found', 'no such organization, or you are not a member of it')

type Ref = { id: string } | { slug: string }

async function findMembership(tx: Tx, actor: SessionActor | CredentialActor, byRef: Ref): Promise<Entrance> {
  const membership = await tx.membership.findFirst({
    where:
      actor.type === 'session'
        ? { accountId: actor.accountId, organization: byRef }
        : { organizationId: actor.organizationId, id: actor.principal.id, organization: byRef },
    select: { id: true, email: true, name: true, status: true, lastSeenAt: true, organization: { select: { ...organizationColumns, isSsoOnly: true, ...sessionDemandColumns } } },
  })
  if (!membership) throw NOT_FOUND()
  if (membership.status !== 'active') {
    throw new AppError('unauthenticated', `your membership in ${membership.organization.name} is suspended`)
  }
  if (actor.type === 'session') {
    const excluded = await tx.sessionExclusion.findUnique({
      where: { sessionId_organizationId: { sessionId: actor.sessionId, organizationId: membership.organization.id } },
    })
    if (excluded?.reason === 'idle') throw expired(membership.organization.name, 'was not used for longer than the organization allows')
    if (excluded) throw new AppError('unauthenticated', `an administrator ended your session in ${membership.organization.name}`)
  }
  const { organization: { isSsoOnly, secondFactorFrom, connectionsAreStrong, sessionLifetimeMinutes, ...organization }, id, email, name, lastSeenAt } = membership
  if (actor.type === 'session') {
    requireWayIn(actor, organization, isSsoOnly)
    requireSessionDemands(actor, { name: organization.name, secondFactorFrom, connectionsAreStrong, sessionLifetimeMinutes }, now())
    noteVisit({ id, organizationId: organization.id, lastSeenAt }, actor.method, now())
  }
  return { organization, principal: { type: 'user', id, name: name || email }, membership: { id, email, name } }
}

async function findServiceAccount(tx: Tx, { organizationId, principal: { id } }: CredentialActor, byRef: Ref): Promise<Entrance> {
  const account = await tx.serviceAccount.findFirst({
    where: { organizationId, id, organization: byRef }, select: { name: true, isSuspended: true, organization: { select: organizationColumns } },
  })
  if (!account) throw NOT_FOUND()
  if (account.isSuspended) throw new AppError('unauthenticated', refusalText('owner-inactive'))
  return { organization: account.organization, principal: { type: 'service_account', id, name: account.name }, membership: null }
}

async function findToken(tx: Tx, { organizationId, principal: { id } }: CredentialActor, byRef: Ref): Promise<Entrance> {
  const token = await tx.applicationToken.findFirst({
    where: { organizationId, id, organization: byRef }, select: { description: true, publicId: true, status: true, organization: { select: organizationColumns } },
  })
  if (!token) throw NOT_FOUND()
  if (token.status !== 'active') throw new AppError('unauthenticated', refusalText(token.status, 'token'))
  return { organization: token.organization, principal: { type: 'token', id, name: tokenName(token) }, membership: null }
}

async function findDirectory(tx: Tx, { organizationId, directory: { id } }: DirectoryActor, byRef: Ref): Promise<Entrance> {
  const directory = await tx.directory.findFirst({ where: { organizationId, id, organization: byRef }, select: { name: true, organization: { select: organizationColumns } } })
  if (!directory) throw NOT_FOUND()
  return { organization: directory.organization, principal: { type: 'directory', id, name: directory.name }, membership: null }
}

/** An organization is found through membership, or as the credential's own, so that another organization's existence stays hidden. */
export async function findEntrance(tx: Tx, actor: Actor, org: string): Promise<Entrance> {
  const byRef = org.startsWith('org_') ? { id: org } : { slug: org }
  if (actor.type === 'session') return findMembership(tx, actor, byRef)
  if (actor.type === 'command') {
    const organization = await tx.organization.findUnique({ where: byRef, select: organizationColumns })
    if (!organization) throw new AppError('not-found', `no organization \`${org}\``)
    return { organization, principal: COMMAND, membership: null }
  }
  if (actor.type === 'directory') return findDirectory(tx, actor, byRef)
  switch (actor.principal.type) {
    case 'user': return findMembership(tx, actor, byRef)
    case 'service_account': return findServiceAccount(tx, actor, byRef)
    case 'token': return findToken(tx, actor, byRef)
  }
}
