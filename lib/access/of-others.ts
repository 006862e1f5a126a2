import type { Entered } from './context'
import { decideAccess } from './decide'
import { indexStore } from './snapshots/index-store'

/** What others of the organization may do, for pages that show it. */
export type OthersAccess = {
  may(principalId: string, permission: string, resourceId: string): boolean
  /** Permissions of the model and Gatehouse's own, with prefix, in the order of the catalogue. */
  permissionsAt(principalId: string, resourceId: string): string[]
}

/** Answers by the one decision, for the moment of the request. Who may ask is the caller's matter. @throws AppError `unavailable` */
export async function accessOfOthers({ orgId, now }: Pick<Entered, 'orgId' | 'now'>): Promise<OthersAccess> {
  const index = await indexStore().atLeast(orgId, 0)
  const at = now.getTime()
  const may = (principalId: string, permission: string, resourceId: string): boolean => decideAccess(index, { principalId, permission, resourceId, at }).allow
  return {
    may,
    permissionsAt: (principalId, resourceId) => index.snapshot.vocabulary.permissionNames.filter((name) => may(principalId, name, resourceId)),
  }
}
