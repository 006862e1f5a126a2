import type { AccessModel } from './access-model'
import { astra } from './astra'
import { celerdata } from './celerdata'
import { cockroachdb } from './cockroachdb'
import { rocketadmin } from './rocketadmin'
import { rockset } from './rockset'
import { standard } from './standard'

export { CORE_PREFIX, expandPermissions, findRole, permissionsOfRole } from './role-permissions'

export type ModelName = 'standard' | 'rockset' | 'celerdata' | 'rocketadmin' | 'cockroachdb' | 'astra'

/** The access models that come with Gatehouse, by name. */
export const accessModels: Readonly<Record<ModelName, AccessModel>> = {
  standard, rockset, celerdata, rocketadmin, cockroachdb, astra,
}

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
