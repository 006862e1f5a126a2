import type { KeyDoors } from '@/components/api-keys/key-doors'
import { findAccountRightsAction, listAccountRolesAction, searchAccountPlacesAction } from '@/lib/features/credential-rights/actions'
import { createAccountKeyAction, findAccountKeyDetailsAction, resumeAccountKeysAction, revokeAccountKeysAction, rotateAccountKeyAction, suspendAccountKeysAction, updateAccountKeyAction } from '@/lib/features/service-accounts/actions'

/** Keys of one service account. */
export const accountKeyDoors = (org: string, serviceAccountId: string): KeyDoors => ({
  listRoles: () => listAccountRolesAction(org, {}),
  searchPlaces: (q) => searchAccountPlacesAction(org, { q }),
  findRights: (limits) => findAccountRightsAction(org, { ...limits, serviceAccountId }),
  create: (input) => createAccountKeyAction(org, { ...input, serviceAccountId }),
  update: (id, change) => updateAccountKeyAction(org, { serviceAccountId, id, ...change }),
  rotate: (id, overlapHours) => rotateAccountKeyAction(org, { serviceAccountId, id, overlapHours }),
  suspend: (ids) => suspendAccountKeysAction(org, ids, { serviceAccountId }),
  resume: (ids) => resumeAccountKeysAction(org, ids, { serviceAccountId }),
  revoke: (ids) => revokeAccountKeysAction(org, ids, { serviceAccountId }),
  find: (id) => findAccountKeyDetailsAction(org, { serviceAccountId, id }),
})
