import type { ScopeChoice } from '@/lib/features/roles/choices'

/** A role while it is edited. */
export type EditedRole = { name: string; description: string; permissions: ReadonlySet<string>; resources: readonly ScopeChoice[] | null }

const idsOf = ({ resources }: EditedRole): string => (resources === null ? 'everywhere' : resources.map(({ id }) => id).sort().join(' '))

const namesOf = ({ permissions }: EditedRole): string => [...permissions].sort().join(' ')

/** Whether nothing would be lost by leaving. */
export const isSame = (one: EditedRole, other: EditedRole): boolean =>
  one.name === other.name && one.description === other.description && namesOf(one) === namesOf(other) && idsOf(one) === idsOf(other)

/** What the actions take. */
export const wantedOf = ({ name, description, permissions, resources }: EditedRole) => ({
  name, description, permissions: [...permissions], resources: resources === null ? null : resources.map(({ type, id }) => ({ type, id })),
})
