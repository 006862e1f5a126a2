import type { AccessModel } from './access-model'

/** Types above each type, the type itself not among them unless it nests. One set for each type, by name. */
export function typesAbove(model: AccessModel): ReadonlyMap<string, ReadonlySet<string>> {
  const parents = new Map(model.resourceTypes.map((type) => [type.name, type.parents]))
  return new Map(model.resourceTypes.map((type) => {
    const above = new Set<string>()
    const climb = (name: string): void => {
      if (above.has(name)) return
      above.add(name)
      parents.get(name)?.forEach(climb)
    }
    type.parents.forEach(climb)
    return [type.name, above]
  }))
}

/**
 * Types at whose resources each permission may be asked about: those it applies to and every type above them, where
 * it means everything below. One set for each permission of the model, by name; computed once for a model.
 */
export function askableTypes(model: AccessModel): ReadonlyMap<string, ReadonlySet<string>> {
  const known = askableOf.get(model)
  if (known) return known
  const above = typesAbove(model)
  const askable = new Map(model.permissions.map(({ name, appliesTo }) =>
    [name, new Set(appliesTo.flatMap((type) => [type, ...(above.get(type) ?? [])]))]))
  askableOf.set(model, askable)
  return askable
}

const askableOf = new WeakMap<AccessModel, ReadonlyMap<string, ReadonlySet<string>>>()
