import { corePermissionNames } from '@/lib/access/permissions'
import type { AccessModel, ModelRole, ResourceType } from './access-model'
import { cockroachdbPermissions } from './cockroachdb-permissions'
import { guardedBy } from './declare'

// The design document's matrix wins over the public documentation: Organization Admin holds everything, billing too;
// Cluster Developer sees metrics; Cluster Operator manages backups; the audit log is Organization Admin's.

const ORG = ['organization']
const FOLDER = ['organization', 'folder']
const CLUSTER = ['organization', 'folder', 'cluster']

const role = (
  group: string, name: string, title: string, assignableAt: readonly string[], description: string,
  permissions: ModelRole['permissions'], core: ModelRole['core'] = [],
): ModelRole => ({ name, title, description, group, permissions, core, assignableAt, immutable: true })

const developer = ['cluster:view', 'connection-info:view', 'metrics:view', 'db-console:access']
const operator = [...developer, 'cluster:scale', 'networking:configure', 'backup:manage', 'cluster:upgrade', 'cluster:label',
  'cluster-sso:configure', 'compliance:view', 'alert:test', 'cmek:manage', 'egress:manage', 'job:view', 'insight:view',
  'sql-activity:view', 'metric-export:manage', 'log-export:manage']

const roles: ModelRole[] = [
  {
    ...role('Administrative', 'ORG_MEMBER', 'Organization Member', ORG,
      'Held by everyone: marks membership and grants nothing.', [], ['organization:read']),
    floor: true,
  },
  role('Administrative', 'ORG_ADMIN', 'Organization Admin', ORG,
    'For the few who run the organization: people, service accounts, every role, sign-in, billing and every cluster.',
    cockroachdbPermissions.map(({ name }) => name), corePermissionNames),
  role('Billing', 'BILLING_COORDINATOR', 'Billing Coordinator', ORG,
    'For those who pay: manages and views billing, invoices and usage.', ['billing:manage', 'billing:view']),
  role('Billing', 'BILLING_VIEWER', 'Billing Viewer', ORG,
    'For those who watch the costs: views billing, invoices and usage.', ['billing:view']),
  role('Cluster management', 'CLUSTER_CREATOR', 'Cluster Creator', FOLDER,
    'For teams that serve themselves: creates clusters and becomes Cluster Admin on each it creates.', ['cluster:create']),
  role('Cluster management', 'CLUSTER_ADMIN', 'Cluster Admin', CLUSTER,
    'For owners of clusters: all of Cluster Operator, SQL users, cluster roles, edit and delete; creates where held at the organization.',
    [...operator, { permission: 'cluster:create', heldAt: ORG }, 'cluster:edit', 'cluster:delete', 'sql-user:manage',
      'service-account:create', 'role:assign'], ['service-account:read']),
  role('Cluster management', 'CLUSTER_OPERATOR_WRITER', 'Cluster Operator', CLUSTER,
    'For those on call: scales, networks, backups, upgrades; no grants, no SQL users, neither creates nor deletes clusters.',
    operator),
  role('Developer', 'CLUSTER_DEVELOPER', 'Cluster Developer', CLUSTER,
    'For those who build on a cluster: its details, metrics, DB Console and connection string.', developer),
  role('Observability', 'CLUSTER_MONITOR', 'Cluster Monitor', CLUSTER,
    'For those who watch queries: reads SQL activity, jobs and insights.',
    ['cluster:view', 'sql-activity:view', 'job:view', 'insight:view']),
  role('Observability', 'METRICS_VIEWER', 'Metrics Viewer', CLUSTER,
    'For dashboards: sees the metrics page; service accounts use the metric and log export APIs.', ['metrics:view']),
  role('Folder management', 'FOLDER_ADMIN', 'Folder Admin', FOLDER,
    'For team leads: creates, renames, moves and deletes folders and manages access to them; needs a cluster role to create clusters.',
    ['folder:create', 'folder:rename', 'folder:move', 'folder:delete', 'folder:label', 'folder:access',
      { permission: 'principal:view', heldAt: ORG }], ['resource:read']),
  role('Folder management', 'FOLDER_MOVER', 'Folder Mover', FOLDER,
    'For those who tidy up: renames and moves folders and moves clusters; creates, deletes and grants nothing.',
    ['folder:rename', 'folder:move'], ['resource:read']),
]

const resourceTypes: ResourceType[] = [
  { name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] },
  {
    name: 'folder', title: 'Folder', plural: 'Folders', parents: FOLDER, attributes: { labels: 'Set<String>' },
    guards: { create: 'folder:create', edit: 'folder:rename', move: 'folder:move', delete: 'folder:delete' },
  },
  {
    name: 'cluster', title: 'Cluster', plural: 'Clusters', parents: FOLDER,
    attributes: { labels: 'Set<String>', region: 'String' },
    guards: { create: 'cluster:create', edit: 'cluster:edit', move: 'folder:move', delete: 'cluster:delete' },
    creator: { role: 'CLUSTER_ADMIN', protected: false },
  },
  { name: 'sql-user', title: 'SQL user', plural: 'SQL users', parents: ['cluster'], guards: guardedBy('sql-user:manage') },
]

/** CockroachDB Cloud: twelve roles held at the organization, folders or clusters, inherited downwards. */
export const cockroachdb: AccessModel = {
  name: 'cockroachdb',
  title: 'CockroachDB Cloud',
  description: 'Folders of clusters; twelve roles, additive, at the organization, a folder or a cluster.',
  resourceTypes,
  permissions: cockroachdbPermissions,
  roles,
  rules: {
    rolesPerMember: 'many', defaultRole: null, customRoles: false,
    founderRoles: ['ORG_ADMIN', 'BILLING_COORDINATOR', 'CLUSTER_ADMIN', 'FOLDER_ADMIN'],
    limits: {
      folder: {
        maxDepth: 4, maxCount: 65,
        namePattern: "^(?=.{3,40}$)[\\p{L}\\p{N}][\\p{L}\\p{N} '_-]*[\\p{L}\\p{N}]$",
        nameRule: '3 to 40 letters, digits, spaces, hyphens, apostrophes and underscores, a letter or digit first and last',
      },
      cluster: { renamedUnder: ORG },
    },
  },
}
