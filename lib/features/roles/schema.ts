import { z } from 'zod'
import { idSchema } from '@/lib/ids'

/** An id: one line without control characters, which PostgreSQL refuses in a text. */
const Id = z.string().max(80).regex(/^\P{Cc}*$/u, 'This is no id')

/** A resource by its id, or as the pair that the API answers with. */
export const ScopeRef = z.union([Id, z.strictObject({ type: z.string().max(80), id: Id }).transform((scope) => scope.id)])

/** A role somebody is to hold: by id or name; at the organization unless a scope is named; for good unless an end is. */
export const WantedAssignment = z.strictObject({
  role: z.string().trim().min(1, 'Choose a role').max(120),
  scope: ScopeRef.optional(),
  expiresAt: z.iso.datetime({ offset: true, error: 'Use a time such as 2027-01-31T00:00:00Z' }).transform((text) => new Date(text)).nullish(),
})

export const WantedAssignments = z.array(WantedAssignment).max(50, 'Give at most 50 roles at once')

export type WantedAssignment = z.output<typeof WantedAssignment>

export const ScopeSearchInput = z.strictObject({ q: z.string().trim().max(200).default('') })

export const RolePickingInput = z.strictObject({})

export const RoleId = idSchema('role')

const Name = z.string().trim().min(1, 'A role needs a name').max(64, 'Use at most 64 characters').regex(/^\P{Cc}*$/u, 'Leave out line breaks and other control characters')
const Description = z.string().trim().max(500, 'Use at most 500 characters')
const Permissions = z.array(z.string().max(120)).max(500, 'Name at most 500 permissions')

/** Null: everywhere. An empty list is refused: it must not be guessed whether it means everywhere or nowhere. */
const ChosenResources = z.array(z.strictObject({ type: z.string().max(80), id: Id }))
  .min(1, 'Choose at least one resource; to let the role count everywhere, give null')
  .max(200, 'Choose at most 200 resources')
  .nullable()

export const CreateRoleInput = z.strictObject({
  name: Name,
  description: Description.default(''),
  permissions: Permissions.default([]),
  resources: ChosenResources.default(null),
})

/** What is left out stays. */
export const UpdateRoleInput = z.strictObject({
  id: RoleId,
  name: Name.optional(),
  description: Description.optional(),
  permissions: Permissions.optional(),
  resources: ChosenResources.optional(),
})

export type UpdateRoleInput = z.output<typeof UpdateRoleInput>

/** `replaceWith`: id or name of the role that its holders get instead. */
export const DeleteRoleInput = z.strictObject({ id: RoleId, replaceWith: z.string().trim().min(1).max(120).optional() })

export type DeleteRoleInput = z.output<typeof DeleteRoleInput>

/** Ids of resources a role is to be restricted to; none: the organization. */
export const ChosenInput = z.strictObject({ resources: z.array(Id).max(200) })

export const ReplacementsInput = z.strictObject({ id: RoleId })
