import { z } from 'zod'
import { AccessPreviewAnswer } from '@/lib/features/access-preview/schema'
import { Expiry, OverlapHours } from '@/lib/features/api-keys/schema'
import { ScopeRef } from '@/lib/features/roles/schema'
import { idSchema } from '@/lib/ids'
import { DIRECTORY_KINDS, LEAVER_KEYS, MATCHES } from './rules'

export const DirectoryId = idSchema('directory')
export const ScimTokenId = idSchema('scimToken')
export const MappingId = idSchema('mapping')

const Name = z.string().trim().min(1, 'It needs a name').max(100, 'Use at most 100 characters').regex(/^\P{Cc}*$/u, 'Write the name on one line')

/** `directoryId`: a further token of a directory there is; left out, a directory of the token's name is made with it. */
export const CreateScimTokenInput = z.strictObject({ name: Name, directoryId: DirectoryId.optional(), kind: z.enum(DIRECTORY_KINDS).optional(), expiresAt: Expiry, rehearses: z.boolean().optional() })
/** Off: its changes count from then on. */
export const UpdateScimTokenInput = z.strictObject({ id: ScimTokenId, rehearses: z.boolean() })
export const RotateScimTokenInput = z.strictObject({ id: ScimTokenId, overlapHours: OverlapHours.default(0) })
export const ScimTokenInput = z.strictObject({ id: ScimTokenId })

const directoryChanges = {
  name: Name.optional(),
  kind: z.enum(DIRECTORY_KINDS).optional(),
  leaverKeys: z.enum(LEAVER_KEYS).optional(),
  handoverTo: idSchema('serviceAccount').nullish(),
  sendsInvitations: z.boolean().optional(),
}
export const ChangeDirectoryBody = z.strictObject(directoryChanges)
export const UpdateDirectoryInput = z.strictObject({ id: DirectoryId, ...directoryChanges })
export const DirectoryInput = z.strictObject({ id: DirectoryId })

const Priority = z.number().int('Use a whole number').min(1, 'Use 1 or more').max(10_000, 'Use at most 10,000')
const mappingFields = {
  value: z.string().trim().min(1, 'Name the group').max(256, 'Use at most 256 characters'),
  matchBy: z.enum(MATCHES).default('name'),
  role: z.string().trim().min(1, 'Choose a role').max(120),
  scope: ScopeRef.optional(),
  priority: Priority.optional(),
}
/** Left out, the priority is after those there are. */
export const CreateMappingInput = z.strictObject({ directoryId: DirectoryId, ...mappingFields })
export const UpdateMappingInput = z.strictObject({
  id: MappingId, value: mappingFields.value.optional(), matchBy: z.enum(MATCHES).optional(), role: mappingFields.role.optional(), scope: ScopeRef.optional(), priority: Priority.optional(),
})
export const MappingInput = z.strictObject({ id: MappingId })

export const HandOverGroupInput = z.strictObject({ id: idSchema('group'), directoryId: DirectoryId })
export const ReleaseGroupInput = z.strictObject({ id: idSchema('group') })
export const ReleaseMemberInput = z.strictObject({ id: idSchema('user') })

/** What is stored of a rehearsed request. */
export const StoredRehearsal = z.object({ deeds: z.array(z.string()), moreDeeds: z.number(), preview: AccessPreviewAnswer })

export const MappableInput = z.strictObject({ scopeId: ScopeRef })
export const SearchInput = z.strictObject({ q: z.string().trim().max(200).default('') })
