import type { BulkAnswer } from '@/lib/boundary/bulk-answer'
import type { ActionResult } from '@/lib/boundary/result'
import type { KeyDetails } from '@/lib/features/api-keys/page-rules'
import type { DescribedRights, PlaceOption, RoleOption } from '@/lib/features/credential-rights/rules'

/** What the dialogs of a key need to know about rights. */
export type RightsDoors = {
  listRoles: () => Promise<ActionResult<RoleOption[]>>
  searchPlaces: (text: string) => Promise<ActionResult<PlaceOption[]>>
  findRights: (limits: { roleId?: string; scopeId?: string }) => Promise<ActionResult<DescribedRights>>
}

export type NewKeyInput = { name: string; purpose: string; expiresAt: string | null; role?: string; scope?: string; addresses: string[] }
export type MadeKey = { id: string; secret: string }
export type KeyChange = { name?: string; purpose?: string; expiresAt?: string | null }

/** What can be done with keys of one kind of owner; the dialogs do not ask whose they are. */
export type KeyDoors = RightsDoors & {
  create: (input: NewKeyInput) => Promise<ActionResult<MadeKey>>
  update: (id: string, change: KeyChange) => Promise<ActionResult<unknown>>
  rotate: (id: string, overlapHours: number) => Promise<ActionResult<MadeKey>>
  suspend: (ids: string[]) => Promise<ActionResult<BulkAnswer[]>>
  resume: (ids: string[]) => Promise<ActionResult<BulkAnswer[]>>
  revoke: (ids: string[]) => Promise<ActionResult<BulkAnswer[]>>
  find: (id: string) => Promise<ActionResult<KeyDetails>>
}
