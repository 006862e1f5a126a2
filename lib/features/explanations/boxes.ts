import type { Box, Place, ToldAssignment, Who } from './told'

const PATHS_MAX = 12

/** Every path that grants it, as boxes from the subject to the resource. */
export function boxesOf(who: Who, considered: readonly ToldAssignment[], resource: Place | undefined): Box[][] {
  return considered.filter(({ outcome }) => outcome === 'grants').slice(0, PATHS_MAX).map(({ via, role, scope, through }) => {
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
    ]
  })
}
