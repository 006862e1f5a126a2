import { createApiKeyAction, findApiKeyDetailsAction, resumeApiKeysAction, revokeApiKeysAction, rotateApiKeyAction, suspendApiKeysAction, updateApiKeyAction } from '@/lib/features/api-keys/actions'
import { findKeyRightsAction, listKeyRolesAction, searchKeyPlacesAction } from '@/lib/features/credential-rights/actions'
import type { KeyDoors } from './key-doors'

/** Keys of people. */
export const ownKeyDoors = (org: string): KeyDoors => ({
  listRoles: () => listKeyRolesAction(org, {}),
  searchPlaces: (q) => searchKeyPlacesAction(org, { q }),
  findRights: (limits) => findKeyRightsAction(org, limits),
  create: (input) => createApiKeyAction(org, input),
  update: (id, change) => updateApiKeyAction(org, { id, ...change }),
  rotate: (id, overlapHours) => rotateApiKeyAction(org, { id, overlapHours }),
  suspend: (ids) => suspendApiKeysAction(org, ids),
  resume: (ids) => resumeApiKeysAction(org, ids),
  revoke: (ids) => revokeApiKeysAction(org, ids),
  find: (id) => findApiKeyDetailsAction(org, { id }),
})
