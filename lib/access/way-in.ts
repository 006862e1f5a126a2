import { AppError } from '@/lib/errors'
import { CORE_PREFIX } from './models/catalogue'
import type { CorePermission } from './permissions'
import type { Actor, SessionActor } from './principals/actor'
import type { Rights } from './rights'

/** The method of a session that a recovery code opened. */
export const BREAK_GLASS_METHOD = 'recovery-code'

/** So long such a session lives. */
export const BREAK_GLASS_MINUTES = 30

/** What such a session can hold at most. What of it the session may do, each operation says (`mayBeThroughGlass`). */
const SETTINGS: readonly CorePermission[] = ['sign-in:read', 'sign-in:write']

export const isBreakGlass = (actor: Actor): boolean => actor.type === 'session' && actor.method === BREAK_GLASS_METHOD

/** The refusal of everything that such a session is not for. */
export const breakGlassRefusal = (organization: string): AppError =>
  new AppError('forbidden', `this session was opened with a break-glass code, and opens the SSO settings of ${organization} only`)

/** Keeps such a session from whatever does not say that it is for it. @throws AppError `forbidden` */
export function requireForBreakGlass({ actor, organization }: { actor: Actor; organization: { name: string } }, isForIt: boolean | undefined): void {
  if (isForIt !== true && isBreakGlass(actor)) throw breakGlassRefusal(organization.name)
}

/**
 * Whether a session may open an organization by the way it was made.
 *
 * @throws AppError `session-elsewhere` when it came through another organization's connection, `sso-required` when the
 *   organization lets in what came through its own connections only
 */
export function requireWayIn(actor: SessionActor, organization: { id: string; name: string }, isSsoOnly: boolean): void {
  if (actor.through && actor.through.organizationId !== organization.id) {
    throw new AppError('session-elsewhere', `your session came through the identity provider of another organization and opens that one only; sign in again to open ${organization.name}`)
  }
  if (isSsoOnly && !actor.through) {
    throw new AppError('sso-required', `${organization.name} is entered through its identity provider; sign in through that`)
  }
}

/** The same rights, as far as the SSO settings take them. */
export function rightsOfBreakGlass(rights: Rights): Rights {
  const bare = (permission: string): string => (permission.startsWith(CORE_PREFIX) ? permission.slice(CORE_PREFIX.length) : permission)
  const isOpen = (permission: string): boolean => SETTINGS.some((each) => each === bare(permission))
  return {
    holds: (permission, scopeId) => isOpen(permission) && rights.holds(permission, scopeId),
    // Names of the access model are of no use for settings.
    holdsNamed: () => false,
    rootsNamed: () => [],
    gives: () => false,
    knows: rights.knows,
    anywhere: (permission) => isOpen(permission) && rights.anywhere(permission),
    roots: (permission) => (isOpen(permission) ? rights.roots(permission) : []),
    atOrganization: () => rights.atOrganization().filter(isOpen),
  }
}
