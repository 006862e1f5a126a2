import type { AccessModel, ResourceType } from './access-model'
import { guardedBy } from './declare'
import { standardPermissions } from './standard-permissions'
import { standardRoles } from './standard-roles'

const SCOPES = ['organization', 'folder']
const labels = { labels: 'Set<String>' } as const

const resourceTypes: ResourceType[] = [
  { name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] },
  {
    name: 'folder', title: 'Folder', plural: 'Folders', parents: SCOPES, attributes: labels,
    guards: { create: 'folder:create', edit: 'folder:edit', move: 'folder:move', delete: 'folder:delete' },
  },
  {
    name: 'cluster', title: 'Cluster', plural: 'Clusters', parents: SCOPES, attributes: { ...labels, region: 'String' },
    guards: { create: 'cluster:create', edit: 'cluster:edit', move: 'folder:move', delete: 'cluster:delete' },
    creator: { role: 'cluster-admin', protected: false },
  },
  {
    name: 'warehouse', title: 'Warehouse', plural: 'Warehouses', parents: ['cluster'],
    guards: guardedBy('warehouse:manage'),
  },
  {
    name: 'database', title: 'Database', plural: 'Databases', parents: [...SCOPES, 'cluster'], attributes: labels,
    guards: { create: 'database:create', edit: 'database:edit', move: 'database:edit', delete: 'database:delete' },
  },
  {
    name: 'keyspace', title: 'Keyspace', plural: 'Keyspaces', parents: ['database'],
    guards: guardedBy('database:edit'),
  },
  {
    name: 'table', title: 'Table', plural: 'Tables', parents: ['database', 'keyspace'], attributes: labels,
    guards: guardedBy('table:define'),
  },
  {
    name: 'workspace', title: 'Workspace', plural: 'Workspaces', parents: [...SCOPES, 'cluster'], attributes: labels,
    guards: guardedBy('workspace:manage'),
  },
  {
    name: 'collection', title: 'Collection', plural: 'Collections', parents: ['workspace'], attributes: labels,
    guards: guardedBy('workspace:manage'),
  },
  {
    name: 'query-lambda', title: 'Query lambda', plural: 'Query lambdas', parents: ['workspace'],
    guards: guardedBy('query-lambda:manage'),
  },
  {
    name: 'integration', title: 'Integration', plural: 'Integrations', parents: SCOPES,
    guards: guardedBy('integration:manage'),
  },
  {
    name: 'dashboard', title: 'Dashboard', plural: 'Dashboards', parents: [...SCOPES, 'workspace'], attributes: labels,
    guards: { create: 'dashboard:create', edit: 'dashboard:edit', move: 'dashboard:edit', delete: 'dashboard:delete' },
  },
]

/** What one would design today: roles scoped in a tree of folders, custom roles, groups with policies, every credential. */
export const standard: AccessModel = {
  name: 'standard',
  title: 'Standard',
  description: 'Folders, clusters, databases and workspaces in one tree, with roles at every level and roles of your own.',
  resourceTypes,
  permissions: standardPermissions,
  roles: standardRoles,
  rules: { rolesPerMember: 'many', defaultRole: null, founderRoles: ['administrator'], customRoles: true },
}
