import { corePermissionNames } from '@/lib/access/permissions'
import type { AccessModel, ModelPermission, ModelRole, ResourceType } from './access-model'
import { asVerb, CHANGE, guardedBy, permissions, SEE } from './declare'

// Where the form writes `dashboard:create` on a connection and the server checks it on a dashboard, both hold here:
// a permission asked about a type above its own means everything below.

const connection = permissions('Connection', ['connection'], [
  ['connection:read', 'View connection', 'See a connection and its tables.', SEE],
  ['connection:edit', 'Edit connection', 'Change a connection’s settings and its groups’ policies.', [...CHANGE, 'policy:write']],
  ['connection:diagram', 'View diagram', 'See the diagram of a connection’s tables.', SEE],
])

const group = permissions('Group', ['group'], [
  ['group:read', 'View groups', 'See a connection’s groups and who is in them.', ['group:read', 'member:read']],
  ['group:edit', 'Edit groups', 'Change a connection’s groups and who is in them.', ['group:read', 'group:write', 'member:read']],
])

const tables: ModelPermission[] = [
  // Legacy alias of `table:query` with `column:read` on all columns.
  ...asVerb('read', permissions('Table', ['table'], [
    ['table:read', 'Read table', 'Query a table and read all its columns.', SEE],
  ]).map((alias) => ({ ...alias, includes: ['table:query', 'column:read'] }))),
  ...permissions('Table', ['table'], [['table:query', 'Query table', 'Query the rows of a table.', SEE]]),
  ...asVerb('add', permissions('Table', ['table'], [['table:add', 'Add rows', 'Add and duplicate rows.', SEE]])),
  ...asVerb('edit', permissions('Table', ['table'], [['table:edit', 'Edit rows', 'Edit rows.', SEE]])),
  ...asVerb('delete', permissions('Table', ['table'], [['table:delete', 'Delete rows', 'Delete rows.', SEE]])),
  ...permissions('Table', ['table'], [
    ['table:ai-request', 'Ask about a table', 'Ask questions about a table in words.', SEE],
  ]),
  ...permissions('Table', ['column'], [['column:read', 'Read columns', 'Read the values of a column.', SEE]]),
  ...permissions('Table', ['actionEvent'], [
    ['actionEvent:trigger', 'Trigger actions', 'Trigger a table’s custom actions.', SEE],
  ]),
]

const board = (type: 'dashboard' | 'panel', title: string, plural: string): ModelPermission[] => [
  ...asVerb('read', permissions('Dashboard', [type], [[`${type}:read`, `View ${plural}`, `See ${plural}.`, SEE]])),
  ...asVerb('add', permissions('Dashboard', [type], [[`${type}:create`, `Create ${plural}`, `Create ${plural}.`, CHANGE]])),
  ...asVerb('edit', permissions('Dashboard', [type], [[`${type}:edit`, `Edit ${plural}`, `Change a ${title}.`, CHANGE]])),
  ...asVerb('delete', permissions('Dashboard', [type], [[`${type}:delete`, `Delete ${plural}`, `Delete a ${title}.`, CHANGE]])),
]

const allPermissions = [
  ...connection, ...group, ...tables, ...board('dashboard', 'dashboard', 'dashboards'), ...board('panel', 'panel', 'panels'),
]

const roles: ModelRole[] = [
  {
    name: 'ADMIN', title: 'Admin', group: 'Company', assignableAt: ['organization'], immutable: true,
    description: 'For those who run the company: people, sign-in, every connection.',
    permissions: allPermissions.map(({ name }) => name), core: corePermissionNames,
  },
  {
    name: 'DB_ADMIN', title: 'Database admin', group: 'Company', assignableAt: ['organization'], immutable: true,
    description: 'For those who bring databases in: sees which connections there are, adds some, and is in the Admin group of those.',
    permissions: [], core: ['organization:read', 'key:self', 'resource:read', 'resource:write'],
  },
  {
    name: 'USER', title: 'User', group: 'Company', assignableAt: ['organization'], immutable: true,
    description: 'For everybody else: sees what the groups they are in permit.',
    permissions: [], core: ['organization:read', 'key:self'],
  },
  {
    name: 'CONNECTION_ADMIN', title: 'Connection admin', group: 'Connection', assignableAt: ['connection'], immutable: true,
    description: 'What the Admin group of a connection holds: everything in that connection.',
    permissions: allPermissions.map(({ name }) => name),
    core: ['resource:read', 'resource:write', 'member:read', 'role:read', 'assignment:read', 'assignment:write', 'audit:read'],
  },
]

const ofConnection = { connectionId: 'String' } as const
const ofTable = { connectionId: 'String', tableName: 'String' } as const
const inConnection = { connectionId: { of: 'connection', as: 'id' } } as const
const inTable = { ...inConnection, tableName: { of: 'table', as: 'name' } } as const
const tableParts = { attributes: ofTable, derived: inTable, guards: guardedBy('connection:edit') }

const resourceTypes: ResourceType[] = [
  { name: 'organization', title: 'Company', plural: 'Companies', parents: [] },
  {
    name: 'connection', title: 'Connection', plural: 'Connections', parents: ['organization'],
    guards: { edit: 'connection:edit', move: 'connection:edit', delete: 'connection:edit' },
  },
  {
    name: 'group', title: 'Group', plural: 'Groups', parents: ['connection'], standsFor: 'group',
    attributes: { isMain: 'Boolean', connectionId: 'String' }, derived: { ...inConnection, isMain: { as: 'locked' } },
  },
  {
    name: 'table', title: 'Table', plural: 'Tables', parents: ['connection'], attributes: ofConnection, derived: inConnection,
    guards: guardedBy('connection:edit'),
  },
  { name: 'column', title: 'Column', plural: 'Columns', parents: ['table'], ...tableParts },
  { name: 'actionEvent', title: 'Action', plural: 'Actions', parents: ['table'], ...tableParts },
  {
    name: 'dashboard', title: 'Dashboard', plural: 'Dashboards', parents: ['connection'], attributes: ofConnection, derived: inConnection,
    guards: { create: 'dashboard:create', edit: 'dashboard:edit', move: 'dashboard:edit', delete: 'dashboard:delete' },
  },
  {
    name: 'panel', title: 'Panel', plural: 'Panels', parents: ['connection'], attributes: ofConnection, derived: inConnection,
    guards: { create: 'panel:create', edit: 'panel:edit', move: 'panel:edit', delete: 'panel:delete' },
  },
]

/** Rocketadmin: groups belong to a connection and hold Cedar policies over its tables and dashboards. */
export const rocketadmin: AccessModel = {
  name: 'rocketadmin',
  title: 'Rocketadmin',
  description: 'Database connections with tables and dashboards; groups of a connection hold the policies, the highest level wins.',
  resourceTypes,
  permissions: allPermissions,
  roles,
  rules: {
    rolesPerMember: 'one', defaultRole: 'USER', founderRoles: ['ADMIN'], customRoles: false,
    groups: { belongTo: 'connection', lockedGroup: { title: 'Admin', role: 'CONNECTION_ADMIN' } },
    policiesNameExternalIds: true,
  },
}
