import { decideAccess } from './decide'
import { searchSubjects } from './engine/search'
import { CORE_PREFIX } from './models/catalogue'
import type { CorePermission } from './permissions'
import type { AccessIndex } from './snapshots/access-index'

const GIVE: CorePermission = 'assignment:write'
const PAGE = 100
/** Most people who may give roles that are asked whether they hold the permission too. */
const LOOKED_AT_MAX = 500

/**
 * Users who can give somebody a permission at a resource: they may give roles there and hold the permission themselves.
 *
 * @param permission one of the model, or Gatehouse's own with prefix
 * @returns ids, `limit` at most
 */
export function findGrantors(index: AccessIndex, permission: string, scopeId: string, at: number, limit: number): string[] {
  const found: string[] = []
  let after: string | undefined
  for (let looked = 0; looked < LOOKED_AT_MAX; looked += PAGE) {
    const page = searchSubjects(index.snapshot, { permission: CORE_PREFIX + GIVE, resourceId: scopeId, at, kind: 'user' }, { limit: PAGE, ...(after !== undefined && { after }) })
    for (const principalId of page.ids) {
      if (decideAccess(index, { principalId, permission, resourceId: scopeId, at }).allow) found.push(principalId)
      if (found.length >= limit) return found
    }
    if (page.next === null) break
    after = page.next
  }
  return found
}
