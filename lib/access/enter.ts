import { AppError } from '@/lib/errors'
import { now } from '@/lib/clock'
import { requestFacts } from '@/lib/request'
import type { Tx } from '@/lib/db'
import type { Visitor } from './allowlist/sightings'
import type { Ctx, Entered, OrganizationFacts } from './context'
import { findEntrance, NOT_FOUND } from './entrance'
import { passGate } from './gate'
import type { AccessModel } from './models/access-model'
import type { CorePermission } from './permissions'
import type { Actor, Entrance } from './principals/actor'
import { rightsOf, rightsOfCommand, rightsOfDirectory } from './rights'
import { breakGlassRefusal, isBreakGlass, rightsOfBreakGlass } from './way-in'
import { indexStore } from './snapshots/index-store'
import { modelOf } from './snapshots/rows-from-database'

/** The model in force, for the local command, which needs no index. */
async function findStoredModel(tx: Tx, { id, accessModel }: OrganizationFacts): Promise<AccessModel> {
  if (accessModel !== 'custom') return modelOf(accessModel, null)
  const newest = await tx.accessModelVersion.findFirst({ where: { organizationId: id }, select: { text: true }, orderBy: { version: 'desc' } })
  return modelOf(accessModel, newest?.text ?? null)
}

/** Who enters, as the log names them. */
function visitorOf(actor: Actor, { principal, membership }: Entrance): Visitor {
  const { id, type } = principal
  const name = membership?.email ?? principal.name
  if (actor.type === 'credential') return { type: type === 'user' ? 'api_key' : type, id, name, credentialId: actor.credential.id }
  if (actor.type === 'directory') return { type, id, name, credentialId: actor.token.id }
  return { type, id, name, credentialId: actor.type === 'session' ? actor.sessionId : null }
}

/**
 * Brings an actor into an organization.
 *
 * @param org address slug or id
 * @param known what was read along with the actor at this very request: only for reading, changes look again
 * @throws AppError `not-found` when the actor is no member, `unauthenticated` when suspended or its session was ended there,
 * `address-not-allowed` from where the organization may not be reached
 */
export async function enter(tx: Tx, actor: Actor, org: string, known?: Entrance): Promise<Entered> {
  const entrance = known?.organization.id === org ? known : await findEntrance(tx, actor, org)
  const { organization: { accessVersion, ...organization }, membership, principal } = entrance
  const at = now()
  const inside = { orgId: organization.id, organization, membership, principal, actor, tx, now: at, request: requestFacts() }
  if (actor.type === 'command') return { ...inside, model: await findStoredModel(tx, organization), rights: rightsOfCommand(organization.id) }
  // The version was read with the principal, so the index is at least as new as the row that let the actor in.
  const index = await indexStore().atLeast(organization.id, Number(accessVersion))
  passGate(index, () => visitorOf(actor, entrance), inside.request)
  if (actor.type === 'directory') return { ...inside, model: index.model, rights: rightsOfDirectory(organization.id) }
  const rights = rightsOf(index, principal.id, at, actor.type === 'credential' ? actor.narrowing : null, { context: { ip: inside.request.address } })
  return { ...inside, model: index.model, rights: isBreakGlass(actor) ? rightsOfBreakGlass(rights) : rights }
}

const isProven = <P extends CorePermission>(entered: Entered, holds: boolean): entered is Ctx<P> => holds && entered.orgId !== ''

/** Proves membership only: for what everyone may do with what is theirs. @throws AppError `forbidden` for a session of a break-glass code */
export function asMember(entered: Entered): Ctx {
  if (isBreakGlass(entered.actor)) throw breakGlassRefusal(entered.organization.name)
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
  if (isBreakGlass(entered.actor)) throw breakGlassRefusal(entered.organization.name)
  throw new AppError('forbidden', `\`${permission}\` is missing in ${entered.organization.name}`, { missing: { permission, scope } })
}
