import type { Ctx } from '@/lib/access/context'
import { askableTypes } from '@/lib/access/models/resource-types'
import { accessOfOthers } from '@/lib/access/of-others'
import { VERBS, type VerbMarks } from './rules'

/**
 * Whether people can read, add, edit and delete in a resource, at a glance: each verb stands for the permissions of the
 * model that come down to it and can be asked there.
 *
 * @returns marks by id of the membership; null when the model has no such permissions there
 */
export async function findVerbs(ctx: Ctx<'member:read'>, memberIds: readonly string[], resource: { id: string; type: string }): Promise<Map<string, VerbMarks> | null> {
  const askable = askableTypes(ctx.model)
  const asked = ctx.model.permissions.filter(({ name, verb }) => verb !== undefined && askable.get(name)?.has(resource.type))
  if (asked.length === 0) return null
  const access = await accessOfOthers(ctx)
  const marksOf = (id: string): VerbMarks => {
    const marks: VerbMarks = { read: 'none', add: 'none', edit: 'none', delete: 'none' }
    for (const verb of VERBS) {
      const names = asked.filter((permission) => permission.verb === verb).map(({ name }) => name)
      const held = names.filter((name) => access.may(id, name, resource.id)).length
      marks[verb] = held === 0 ? 'none' : held === names.length ? 'all' : 'some'
    }
    return marks
  }
  return new Map(memberIds.map((id) => [id, marksOf(id)]))
}
