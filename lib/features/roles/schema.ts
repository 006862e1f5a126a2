import { z } from 'zod'

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
