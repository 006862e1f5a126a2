import type { Box, Place, ToldAssignment, ToldPolicy, Who } from './told'

const PATHS_MAX = 12

/** The paths over groups whose policy permits it. */
function policyBoxes(who: Who, policies: readonly ToldPolicy[], resource: Place | undefined): Box[][] {
  return policies.filter(({ outcome, groupId }) => outcome === 'allows' && groupId !== null).map(({ owner, statements }) => [
    { kind: 'who', caption: who.kind, label: who.name, isInherited: false },
    { kind: 'group', caption: 'Group', label: owner, isInherited: false },
    { kind: 'policy', caption: 'Policy', label: statements.find(({ effect, outcome }) => effect === 'permit' && outcome === 'matched')?.name ?? 'a statement', isInherited: false },
    ...(resource ? [{ kind: 'resource', caption: resource.typeTitle, label: resource.name, isInherited: false } as const] : []),
  ])
}

/** Every path that grants it, as boxes from the subject to the resource: over roles, then over policies. */
export function boxesOf(who: Who, considered: readonly ToldAssignment[], policies: readonly ToldPolicy[], resource: Place | undefined): Box[][] {
  const byRoles = considered.filter(({ outcome }) => outcome === 'grants').map(({ via, role, scope, through }) => {
    const below = through.map((place, index): Box => ({
      kind: index === through.length - 1 ? 'resource' : 'scope', caption: place.typeTitle, label: place.name, isInherited: true,
    }))
    const isHere = scope.id === resource?.id
    return [
      { kind: 'who', caption: who.kind, label: who.name, isInherited: false },
      ...(via === null ? [] : [{ kind: 'group', caption: 'Group', label: via, isInherited: false } as const]),
      { kind: 'role', caption: 'Role', label: role, isInherited: false },
      { kind: isHere ? 'resource' : 'scope', caption: scope.typeTitle, label: scope.name, isInherited: false },
      ...below,
    ] satisfies Box[]
  })
  return [...byRoles, ...policyBoxes(who, policies, resource)].slice(0, PATHS_MAX)
}
