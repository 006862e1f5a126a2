import type { AccessModel } from './access-model'
import { standard } from './standard'

export { CORE_PREFIX, expandPermissions, findRole, permissionsOfRole } from './role-permissions'

/** The access models that come with Gatehouse, by name. */
export const accessModels = { standard } as const satisfies Record<string, AccessModel>

export type ModelName = keyof typeof accessModels

export const isModelName = (name: string): name is ModelName => Object.hasOwn(accessModels, name)

/**
 * The access model of this name.
 *
 * @throws Error when there is none: names are checked where they come in
 */
export function findModel(name: string): AccessModel {
  if (!isModelName(name)) throw new Error(`no access model \`${name}\``)
  return accessModels[name]
}
