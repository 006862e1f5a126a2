import type { RightsDoors } from '@/components/api-keys/key-doors'
import { findTokenRightsAction, listTokenRolesAction, searchTokenPlacesAction } from '@/lib/features/credential-rights/actions'

/** What whoever generates a token may ask about rights. */
export const tokenDoors = (org: string): RightsDoors => ({
  listRoles: () => listTokenRolesAction(org, {}),
  searchPlaces: (q) => searchTokenPlacesAction(org, { q }),
  findRights: (limits) => findTokenRightsAction(org, limits),
})
