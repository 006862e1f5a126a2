import { AppError } from '@/lib/errors'
import { CORE_PREFIX } from './models/catalogue'
import type { CorePermission } from './permissions'
import type { Actor, SessionActor } from './principals/actor'
import type { Rights } from './rights'

/** The method of a session that a recovery code opened. */
export const BREAK_GLASS_METHOD = 'recovery-code'

/** So long such a session lives. */
export const BREAK_GLASS_MINUTES = 30

/** What such a session is for: the sign-in settings, and nothing else. */
const SETTINGS: readonly CorePermission[] = ['sign-in:read', 'sign-in:write']

export const isBreakGlass = (actor: Actor): boolean => actor.type === 'session' && actor.method === BREAK_GLASS_METHOD

/** The refusal of everything that such a session is not for. */
export const breakGlassRefusal = (organization: string): AppError =>
  new AppError('forbidden', `this session was opened with a break-glass code, and opens the sign-in settings of ${organization} only`)

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

/** The same rights, as far as they are for the sign-in settings. */
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
