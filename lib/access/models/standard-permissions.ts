import { asVerb, CHANGE, permissions, SEE, withVerbs } from './declare'

const SCOPES = ['organization', 'folder']
const DATA = ['database', 'keyspace', 'table', 'collection']

const folders = [
  ...permissions('Folders', SCOPES, [['folder:create', 'Create folders', 'Make folders here and below.', CHANGE]]),
  ...permissions('Folders', ['folder'], [
    ['folder:edit', 'Edit folders', 'Rename folders and change their labels.', CHANGE],
    ['folder:delete', 'Delete folders', 'Delete empty folders.', CHANGE],
  ]),
  ...permissions('Folders', [...SCOPES, 'cluster'], [
    ['folder:move', 'Move folders and clusters', 'Move folders and clusters; asked at both ends.', CHANGE],
  ]),
]

const clusters = [
  ...permissions('Clusters', SCOPES, [['cluster:create', 'Create clusters', 'Make clusters here and below.', CHANGE]]),
  ...asVerb('read', permissions('Clusters', ['cluster'], [
    ['cluster:view', 'View clusters', 'See a cluster’s details and state.', SEE],
  ])),
  ...permissions('Clusters', ['cluster'], [
    ['cluster:edit', 'Edit clusters', 'Rename a cluster and change its configuration.', CHANGE],
    ['cluster:delete', 'Delete clusters', 'Release a cluster and everything in it.', CHANGE],
    ['cluster:scale', 'Scale clusters', 'Change the size of a cluster.', SEE],
    ['cluster:suspend', 'Suspend and resume clusters', 'Stop a cluster and start it again.', SEE],
    ['cluster:upgrade', 'Upgrade clusters', 'Change a cluster’s version and maintenance window.', SEE],
    ['networking:configure', 'Configure networking', 'Change network rules, peering and private endpoints.', SEE],
    ['connection-info:view', 'View connection info', 'See how programs connect to a cluster.', SEE],
    ['console:access', 'Open the database console', 'Open the cluster’s own console.', SEE],
    ['sql-user:manage', 'Manage SQL users', 'Create SQL users, change their passwords, delete them.', SEE],
    ['backup:view', 'View backups', 'See backups and their schedule.', SEE],
    ['backup:manage', 'Manage backups', 'Take backups, change their schedule, restore from them.', SEE],
    ['encryption:manage', 'Manage encryption keys', 'Add, rotate and revoke customer-managed keys.', SEE],
  ]),
  ...permissions('Clusters', ['cluster', 'warehouse'], [
    ['warehouse:manage', 'Manage warehouses', 'Create, scale and delete a cluster’s warehouses.', CHANGE],
  ]),
]

const observability = permissions('Observability', ['cluster'], [
  ['metrics:view', 'View metrics', 'See a cluster’s metrics.', SEE],
  ['activity:view', 'View activity', 'See statements, sessions, jobs and insights.', SEE],
  ['alert:manage', 'Manage alerts', 'Create, edit and delete alert rules.', SEE],
  ['export:manage', 'Manage exports', 'Send metrics and logs to other systems.', SEE],
])

const databases = [
  ...permissions('Databases', [...SCOPES, 'cluster'], [
    ['database:create', 'Create databases', 'Make databases here and below.', CHANGE],
  ]),
  ...permissions('Databases', ['database'], [
    ['database:view', 'View databases', 'See databases and what they hold, but no data.', SEE],
    ['database:edit', 'Edit databases', 'Rename and configure databases, make and drop keyspaces.', CHANGE],
    ['database:delete', 'Delete databases', 'Delete a database and everything in it.', CHANGE],
  ]),
  ...permissions('Databases', ['database', 'keyspace', 'table'], [
    ['table:define', 'Define tables', 'Create, alter and drop tables.', CHANGE],
  ]),
]

const data = [
  ...asVerb('read', permissions('Data', DATA, [['data:read', 'Read data', 'Read rows and documents.', SEE]])),
  ...asVerb('add', permissions('Data', DATA, [['data:add', 'Add data', 'Add rows and documents.', SEE]])),
  ...asVerb('edit', permissions('Data', DATA, [['data:edit', 'Edit data', 'Change rows and documents.', SEE]])),
  ...asVerb('delete', permissions('Data', DATA, [['data:delete', 'Delete data', 'Delete rows and documents.', SEE]])),
]

const workspaces = [
  ...permissions('Workspaces', [...SCOPES, 'cluster', 'workspace'], [
    ['workspace:manage', 'Manage workspaces', 'Create, rename and delete workspaces and their collections.', CHANGE],
  ]),
  ...permissions('Workspaces', ['workspace'], [
    ['query:run', 'Run queries', 'Run queries over the collections of a workspace.', SEE],
  ]),
  ...permissions('Workspaces', ['workspace', 'query-lambda'], [
    ['query-lambda:manage', 'Manage query lambdas', 'Create, change and delete saved queries.', CHANGE],
    ['query-lambda:run', 'Run query lambdas', 'Run saved queries.', SEE],
  ]),
]

const integrations = [
  ...permissions('Integrations', [...SCOPES, 'integration'], [
    ['integration:view', 'View integrations', 'See connections to outside systems.', SEE],
    ['integration:manage', 'Manage integrations', 'Create, change and delete connections to outside systems.', CHANGE],
  ]),
]

const DASHBOARD = ['dashboard']
const dashboards = [
  ...asVerb('read', permissions('Dashboards', DASHBOARD, [
    ['dashboard:view', 'View dashboards', 'See dashboards and their panels.', SEE],
  ])),
  ...asVerb('add', permissions('Dashboards', [...SCOPES, 'workspace'], [
    ['dashboard:create', 'Create dashboards', 'Make dashboards here and below.', CHANGE],
  ])),
  ...asVerb('edit', permissions('Dashboards', DASHBOARD, [
    ['dashboard:edit', 'Edit dashboards', 'Change dashboards and their panels.', CHANGE],
  ])),
  ...asVerb('delete', permissions('Dashboards', DASHBOARD, [
    ['dashboard:delete', 'Delete dashboards', 'Delete dashboards and their panels.', CHANGE],
  ])),
]

/** The union of what the reference systems permit, under one set of names. */
export const standardPermissions = withVerbs([
  ...folders, ...clusters, ...observability, ...databases, ...data, ...workspaces, ...integrations, ...dashboards,
], {
  'folder:create': 'add', 'folder:edit': 'edit', 'folder:delete': 'delete', 'cluster:create': 'add', 'cluster:edit': 'edit',
  'cluster:delete': 'delete', 'database:view': 'read', 'database:create': 'add', 'database:edit': 'edit', 'database:delete': 'delete',
})
