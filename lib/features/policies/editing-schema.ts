import { z } from 'zod'
import { idSchema } from '@/lib/ids'

/** More than the largest policy, so that the reason comes with the place rather than as a wrong field. */
const TEXT_MAX = 200_000
const NAME_MAX = 1_000

const Name = z.string().min(1).max(NAME_MAX)

/** Whose text it is: a group's, or the organization's own id for its guardrails. */
export const PolicyOwner = z.union([idSchema('group'), idSchema('organization')], { error: 'expected an id of the form grp_… or org_…' })

const Resource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everything') }),
  z.strictObject({ kind: z.literal('type'), type: Name }),
  z.strictObject({ kind: z.literal('one'), type: Name, id: Name }),
  z.strictObject({ kind: z.literal('within'), type: Name, id: Name, only: Name.nullable() }),
])

const Row = z.strictObject({ permissions: z.union([z.literal('*'), z.array(Name).min(1).max(1_000)]), resource: Resource })

const Index = z.number().int().min(0).max(10_000)

const Edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), row: Row }),
  z.strictObject({ kind: z.literal('change'), index: Index, row: Row }),
  z.strictObject({ kind: z.literal('delete'), index: Index }),
])

export const PolicyTextInput = z.strictObject({ ownerId: PolicyOwner, text: z.string().max(TEXT_MAX) })
export const FormEditInput = PolicyTextInput.extend({ edit: Edit })
export const OwnerInput = z.strictObject({ ownerId: PolicyOwner })

/** A search for resources of these types; `any` for all. */
export const ResourceSearchInput = z.strictObject({
  ownerId: PolicyOwner,
  q: z.string().trim().max(200),
  types: z.union([z.literal('any'), z.array(Name).max(200)]),
})

export const EntitySearchInput = z.strictObject({
  ownerId: PolicyOwner,
  q: z.string().trim().max(200),
  finds: z.enum(['user', 'group', 'service_account', 'resource']),
  type: Name,
})
