import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, pageQuery } from '@/lib/boundary/http-schema'
import { prove } from '@/lib/boundary/perform'
import type { Ctx } from '@/lib/access/context'
import { REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import { deleteRole } from './deletion'
import { findRole, listPermissions, listRoles, type RoleSummary } from './list'
import { createRole, updateRole } from './operations'
import { DeleteRoleInput, RoleId, UpdateRoleInput } from './schema'

const EXAMPLE_ID = 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f'

const Permission = z.object({
  name: z.string().meta({ description: 'With the prefix `gatehouse/`: one that guards Gatehouse’s own doors.', example: 'cluster:view' }),
  title: z.string(),
  description: z.string(),
  group: z.string(),
  appliesTo: z.array(z.string()).meta({ description: 'Types of resource it may be asked about.' }),
  implies: z.array(z.string()).meta({ description: 'Gatehouse’s own permissions that come with it.' }),
}).meta({ id: 'Permission' })

const Role = z.object({
  id: idText(EXAMPLE_ID, 'Id of the role.'),
  name: z.string().meta({ description: 'Of a built-in role: its identifier in the access model.', example: 'cluster-admin' }),
  title: z.string(),
  description: z.string(),
  group: z.string().meta({ description: 'Under which pickers show it.' }),
  builtIn: z.boolean(),
  immutable: z.boolean().meta({ description: 'Cannot be changed by any interface.' }),
  floor: z.boolean().meta({ description: 'Held by everybody; can be neither given nor taken.' }),
  assignableAt: z.array(z.string()).meta({ description: 'Types of resource at which it may be held.' }),
  permissions: z.array(z.string()).meta({ description: 'What it permits where it is held at the organization, with all that is included and implied.' }),
  resources: z.array(z.object({ type: z.string(), id: z.string(), name: z.string() })).nullable().meta({ description: 'Resources it is restricted to: it counts there and below. Null: wherever it is held.' }),
  holders: z.int().nullable().meta({ description: 'How many users, groups, service accounts and tokens hold it now; 1001 stands for more than 1,000. Null without `gatehouse/assignment:read`.' }),
}).meta({ id: 'Role' })

const exampleRole = {
  id: EXAMPLE_ID, name: 'viewer', title: 'Viewer', description: 'For those who look on: sees resources and their state, changes nothing, reads no data.', group: 'Organization',
  builtIn: true, immutable: true, floor: false, assignableAt: ['organization', 'folder', 'cluster'], permissions: ['cluster:view', 'gatehouse/resource:read'], resources: null, holders: 12,
}
const exampleCustom = {
  ...exampleRole, name: 'Backup operators', title: 'Backup operators', description: 'For those on call at night.', group: 'Custom', builtIn: false, immutable: false,
  permissions: ['backup:manage', 'backup:view', 'gatehouse/resource:read'], holders: 0,
}

const toAnswer = (role: RoleSummary): z.input<typeof Role> => ({ ...role, assignableAt: [...role.assignableAt] })

const Query = z.strictObject(pageQuery)
const Params = z.object({ id: RoleId.meta({ description: 'Id of the role.', example: EXAMPLE_ID }) })

const resource = {
  schema: Role,
  table: 'Role' as const,
  permission: 'role:read' as const,
  idOf: ({ id }: { id: string }) => id,
  read: async (ctx: Ctx<'role:read'>, { id }: { id: string }) => toAnswer(await findRole(ctx, id)),
}

const Changes = UpdateRoleInput.omit({ id: true })

const Replacing = RehearsedQuery.extend({ replaceWith: DeleteRoleInput.shape.replaceWith.meta({ description: 'Id or name of the role its holders get instead.' }) })

export const roleRoutes = [
  defineRead({
    path: '/permissions',
    tag: 'Roles',
    summary: 'List permissions',
    description: 'The catalogue of the organization’s access model, with Gatehouse’s own permissions at the end. All in one page.',
    permission: null,
    output: listOf(Permission),
    example: { data: [{ name: 'cluster:view', title: 'View clusters', description: 'See a cluster’s details and state.', group: 'Clusters', appliesTo: ['cluster'], implies: ['gatehouse/resource:read'] }], nextCursor: null },
    read: (ctx) => Promise.resolve({ data: listPermissions(ctx).map((permission) => ({ ...permission, appliesTo: [...permission.appliesTo] })), nextCursor: null }),
  }),
  defineRead({
    path: '/roles',
    tag: 'Roles',
    summary: 'List roles',
    permission: 'role:read',
    query: Query,
    output: listOf(Role),
    example: { data: [exampleRole], nextCursor: null },
    read: async (ctx, { query }) => {
      const { rows, nextCursor } = await listRoles(ctx, query)
      return { data: rows.map(toAnswer), nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/roles',
    tag: 'Roles',
    summary: 'Create a role',
    description: 'A role of the organization’s own. It may hold only what its author holds: at the organization, or at the chosen resources. 409 where the access model has no custom roles.',
    operation: createRole,
    bodyExample: { name: 'Backup operators', description: 'For those on call at night.', permissions: ['backup:manage', 'backup:view'] },
    status: 201,
    output: Role,
    example: exampleCustom,
    answer: async (ctx, { id }) => toAnswer(await findRole(prove(ctx, 'role:read'), id)),
    location: ({ id }) => `/roles/${id}`,
    errors: ['not-found', 'conflict', 'already-exists', 'limit-reached'],
  }),
  defineRead({
    path: '/roles/{id}',
    tag: 'Roles',
    summary: 'Show a role',
    permission: 'role:read',
    params: Params,
    output: Role,
    example: exampleRole,
    hasVersion: true,
    read: (ctx, { params }) => resource.read(ctx, params),
  }),
  defineRoute({
    method: 'patch',
    path: '/roles/{id}',
    tag: 'Roles',
    summary: 'Change a role',
    description: `What is left out stays. Only custom roles can be changed (409 for built-in ones). What the role gains must be the caller’s own, at the organization or the chosen resources, and wherever the role is held. In force at once, also for credentials made before. ${REHEARSAL}`,
    operation: updateRole,
    params: Params,
    query: RehearsedQuery,
    body: Changes,
    bodyExample: { permissions: ['backup:view'] },
    input: ({ params, body }) => ({ ...body, id: params.id }),
    resource,
    example: exampleCustom,
    errors: ['conflict', 'already-exists', 'last-administrator'],
    rehearsal: tellPreview,
  }),
  defineRoute({
    method: 'delete',
    path: '/roles/{id}',
    tag: 'Roles',
    summary: 'Delete a role',
    description: `Only custom roles (409 for built-in ones). While somebody holds it, \`replaceWith\` says which role they get instead, at the same places until the same moments; without it that is 409, and so it is while an application token holds it or a group mapping gives it. ${REHEARSAL}`,
    operation: deleteRole,
    params: Params,
    query: Replacing,
    input: ({ params, query: { replaceWith } }) => ({ id: params.id, replaceWith }),
    status: 204,
    resource,
    errors: ['conflict', 'last-administrator'],
    rehearsal: tellPreview,
  }),
]
