import { z } from 'zod'
import { defineRead } from '@/lib/boundary/http'
import { idText, listOf, pageQuery } from '@/lib/boundary/http-schema'
import { idSchema } from '@/lib/ids'
import { findRole, listPermissions, listRoles } from './list'

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
  builtIn: z.boolean(),
  immutable: z.boolean().meta({ description: 'Cannot be changed by any interface.' }),
  floor: z.boolean().meta({ description: 'Held by everybody; can be neither given nor taken.' }),
  assignableAt: z.array(z.string()).meta({ description: 'Types of resource at which it may be held.' }),
  permissions: z.array(z.string()).meta({ description: 'What it permits where it is held at the organization.' }),
}).meta({ id: 'Role' })

const exampleRole = {
  id: EXAMPLE_ID, name: 'viewer', title: 'Viewer', description: 'For those who look on: sees resources and their state, changes nothing, reads no data.',
  builtIn: true, immutable: true, floor: false, assignableAt: ['organization', 'folder', 'cluster'], permissions: ['cluster:view', 'gatehouse/resource:read'],
}

const Query = z.strictObject(pageQuery)
const Params = z.object({ id: idSchema('role').meta({ description: 'Id of the role.', example: EXAMPLE_ID }) })

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
      return { data: rows.map((role) => ({ ...role, assignableAt: [...role.assignableAt] })), nextCursor }
    },
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
    read: async (ctx, { params }) => {
      const role = await findRole(ctx, params.id)
      return { ...role, assignableAt: [...role.assignableAt] }
    },
  }),
]
