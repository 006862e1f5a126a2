import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, manyOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import { listAccessAt } from './access'
import { createAssignment, deleteAssignment, updateAssignment } from './operations'
import { findAssignment, findGivenAssignment, listAssignments } from './queries'
import { PRINCIPAL_TYPES, type AccessRow, type AssignmentRow } from './rules'
import { AccessFilter, AssignmentFilter, AssignmentId, CreateAssignmentInput, UpdateAssignmentInput } from './schema'

const EXAMPLE_ID = 'ras_019a0b6e-5b44-7d3e-8f10-2a3b4c5d6e7f'
const FOLDER = { type: 'folder', id: 'fld_019a0b6e-5b20-7d3e-8f10-2a3b4c5d6e7f', name: 'prod' }
const example = {
  id: EXAMPLE_ID, principal: { type: 'user', id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'Member 42' },
  role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'cluster-operator', title: 'Cluster operator' }, scope: FOLDER,
  expiresAt: '2027-02-01T00:00:00.000Z', isEnded: false, reason: 'on call in January', grantedBy: 'Member 7', createdAt: '2027-01-01T08:00:00.000Z', inherited: false,
}

const Named = z.object({ type: z.string(), id: z.string(), name: z.string() })

const Assignment = z.object({
  id: idText(EXAMPLE_ID, 'Id of the assignment.'),
  principal: z.object({ type: z.enum(PRINCIPAL_TYPES), id: z.string(), name: z.string() }).meta({ description: 'Who holds the role. An accepted invitation goes on as a user, with the same assignments.' }),
  role: z.object({ id: z.string(), name: z.string(), title: z.string() }),
  scope: Named.meta({ description: 'The resource at which it is held; it counts there and everywhere below.' }),
  expiresAt: TimeText.nullable().meta({ description: 'When it stops counting; null: never.' }),
  isEnded: z.boolean().meta({ description: 'That moment has come.' }),
  reason: z.string(),
  grantedBy: z.string().meta({ description: 'Name of who gave it, as it was then.' }),
  createdAt: TimeText,
}).meta({ id: 'RoleAssignment' })

const ListedAssignment = Assignment.extend({
  inherited: z.boolean().meta({ description: 'With `reaching`: held at a resource above it.' }),
}).meta({ id: 'ListedRoleAssignment' })

const shown = ({ principal: { type, id, name }, ...row }: AssignmentRow): z.input<typeof Assignment> => ({ ...row, principal: { type, id, name } })

const Params = z.object({ id: AssignmentId.meta({ description: 'Id of the assignment.', example: EXAMPLE_ID }) })
const tag = 'Role assignments'
const byId = ({ params }: { params: { id: string } }) => ({ id: params.id })

const Query = z.strictObject({
  ...pageQuery,
  principal: AssignmentFilter.shape.principal.meta({ description: 'Id of a user, invitation, group or service account: what they hold themselves.', example: 'grp_019a0b6e-5b2c-7d3e-8f10-2a3b4c5d6e7f' }),
  role: AssignmentFilter.shape.roleId.meta({ description: 'Id of a role.' }),
  scope: z.string().max(80).optional().meta({ description: 'Id of a resource: held exactly there.', example: FOLDER.id }),
  reaching: z.string().max(80).optional().meta({ description: 'Id of a resource: held there or above, so that it counts there. Nearest first; what is inherited and has ended is left out.' }),
  q: AccessFilter.shape.q.meta({ description: 'Only with `reaching`: words of which each occurs in the name or address of who holds it.' }),
  type: manyOf(z.enum(PRINCIPAL_TYPES)).meta({ description: 'Only with `reaching`: kinds of principal. Repeat it, or separate by commas.', example: ['user'] }),
}).superRefine(({ scope, reaching, q, type }, ctx) => {
  if (scope !== undefined && reaching !== undefined) ctx.addIssue({ code: 'custom', path: ['reaching'], message: 'Use either `scope` or `reaching`' })
  if (reaching === undefined && q !== '') ctx.addIssue({ code: 'custom', path: ['q'], message: 'This works only with `reaching`' })
  if (reaching === undefined && type.length > 0) ctx.addIssue({ code: 'custom', path: ['type'], message: 'This works only with `reaching`' })
})

const listed = (row: AssignmentRow | AccessRow): z.input<typeof ListedAssignment> => ({ ...shown(row), inherited: 'inheritedFrom' in row && row.inheritedFrom !== null })

const resource = {
  schema: Assignment,
  table: 'RoleAssignment' as const,
  permission: 'assignment:read' as const,
  idOf: ({ id }: { id: string }) => id,
  read: async (ctx: Ctx<'assignment:read'>, { id }: { id: string }) => shown(await findAssignment(ctx, id)),
}

const GIVING = 'What the role permits there must be the caller’s own there.'

export const assignmentRoutes = [
  defineRead({
    path: '/role-assignments',
    tag,
    summary: 'List role assignments',
    description: 'Who holds which role where, in the order they were given. Somebody who holds `assignment:read` at a folder only sees what lies there and below; with `reaching`, also what is inherited there.',
    permission: 'assignment:read',
    query: Query,
    output: listOf(ListedAssignment),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { query: { limit, cursor, reaching, role, scope, principal, q, type } }) => {
      const page = { limit, cursor }
      const { rows, nextCursor } = reaching === undefined
        ? await listAssignments(ctx, { ...(principal && { principal }), ...(role && { roleId: role }), ...(scope && { scopeId: scope }) }, page)
        : await listAccessAt(ctx, reaching, { q, types: type, origin: 'all', ...(principal && { principal }), ...(role && { roleId: role }) }, page)
      return { data: rows.map(listed), nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/role-assignments',
    tag,
    summary: 'Give a role',
    description: `Needs \`assignment:write\` at the scope. ${GIVING} In an access model with exactly one role for each user, it replaces the one they hold. ${REHEARSAL}`,
    operation: createAssignment,
    body: CreateAssignmentInput,
    input: ({ body: { expiresAt, ...body } }) => ({ ...body, ...(expiresAt !== undefined && { expiresAt: expiresAt?.toISOString() ?? null }) }),
    query: RehearsedQuery,
    rehearsal: tellPreview,
    status: 201,
    output: Assignment,
    example,
    errors: ['not-found', 'already-exists', 'conflict', 'last-administrator'],
    bodyExample: { principal: { type: 'user', id: example.principal.id }, role: 'cluster-operator', scope: { type: 'folder', id: FOLDER.id }, expiresAt: '2027-02-01T00:00:00Z', reason: 'on call in January' },
    location: ({ id }) => `/role-assignments/${id}`,
    answer: async (ctx, { id }) => shown(await findGivenAssignment(ctx, id)),
  }),
  defineRead({
    path: '/role-assignments/{id}',
    tag,
    summary: 'Show a role assignment',
    permission: 'assignment:read',
    params: Params,
    output: Assignment,
    example,
    hasVersion: true,
    read: (ctx, { params }) => resource.read(ctx, params),
  }),
  defineRoute({
    method: 'patch',
    path: '/role-assignments/{id}',
    tag,
    summary: 'Change when a role ends',
    description: `To prolong is to give: ${GIVING.replace('What', 'what')} Shortening needs \`assignment:write\` there only. The last administrator’s role cannot be given an end (409). ${REHEARSAL}`,
    operation: updateAssignment,
    query: RehearsedQuery,
    rehearsal: tellPreview,
    params: Params,
    resource,
    body: UpdateAssignmentInput.omit({ id: true }),
    bodyExample: { expiresAt: '2027-03-01T00:00:00Z' },
    input: ({ params, body }) => ({ id: params.id, ...(body.expiresAt !== undefined && { expiresAt: body.expiresAt?.toISOString() ?? null }), ...(body.reason !== undefined && { reason: body.reason }) }),
    example,
    errors: ['conflict', 'last-administrator'],
  }),
  defineRoute({
    method: 'delete',
    path: '/role-assignments/{id}',
    tag,
    summary: 'Take a role away',
    description: `Needs \`assignment:write\` where it is held, not the role itself. It stops counting at once. The last administrator keeps theirs (409). ${REHEARSAL}`,
    operation: deleteAssignment,
    query: RehearsedQuery,
    rehearsal: tellPreview,
    params: Params,
    resource,
    input: byId,
    status: 204,
    errors: ['conflict', 'last-administrator'],
  }),
]
