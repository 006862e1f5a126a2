import type { MemberRole } from '@/lib/features/members/rules'
import type { RolePicking, ScopeChoice } from '@/lib/features/roles/choices'

/** One line of a form that gives roles. */
export type RoleDraft = {
  key: number
  roleId: string
  scope: ScopeChoice
  /** A day, `YYYY-MM-DD`, or empty for no end. */
  until: string
  /** The exact end it had before, kept while the day stays. */
  before: string | null
}

type WantedRole = { role: string; scope: string; expiresAt?: string }

let lastKey = 0
const nextKey = (): number => (lastKey += 1)

const endOf = ({ until, before }: RoleDraft): string => (before !== null && before.startsWith(until) ? before : `${until}T23:59:59.000Z`)

/** What the actions take. */
export const wantedRoles = (drafts: readonly RoleDraft[]): WantedRole[] =>
  drafts.map((draft) => ({ role: draft.roleId, scope: draft.scope.id, ...(draft.until && { expiresAt: endOf(draft) }) }))

/** Roles somebody holds, as lines to edit. */
export const draftsOf = (roles: readonly MemberRole[]): RoleDraft[] =>
  roles.map(({ roleId, scope, expiresAt }) => ({ key: nextKey(), roleId, scope: { ...scope, typeTitle: scope.type }, until: expiresAt?.slice(0, 10) ?? '', before: expiresAt }))

/** A new line, at the organization. */
export function newDraft({ scopes, defaultRoleId }: RolePicking): RoleDraft | null {
  const [organization] = scopes
  return organization ? { key: nextKey(), roleId: defaultRoleId ?? '', scope: organization, until: '', before: null } : null
}
