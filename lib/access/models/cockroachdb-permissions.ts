import { asVerb, CHANGE, permissions, SEE, withVerbs } from './declare'

const CLUSTER = ['cluster']
const SCOPES = ['organization', 'folder']

/** The eleven of the design document's matrix, in its order. */
export const matrixPermissions = [
  ...permissions('Cluster management', SCOPES, [
    ['cluster:create', 'Create clusters', 'Create clusters here and below.', CHANGE],
  ]),
  ...asVerb('delete', permissions('Cluster management', CLUSTER, [
    ['cluster:delete', 'Delete clusters', 'Delete a cluster.', CHANGE],
  ])),
  ...permissions('Cluster management', CLUSTER, [
    ['cluster:scale', 'Scale clusters', 'Change the size of a cluster.', SEE],
    ['sql-user:manage', 'Manage SQL users', 'Create SQL users, change their passwords, delete them.', CHANGE],
  ]),
  ...permissions('Developer', CLUSTER, [
    ['connection-info:view', 'View connection info', 'See the connection string and parameters.', SEE],
  ]),
  ...permissions('Cluster management', CLUSTER, [
    ['networking:configure', 'Configure networking', 'Change authorized networks, peering and private endpoints.', SEE],
  ]),
  ...asVerb('read', permissions('Observability', CLUSTER, [
    ['metrics:view', 'View metrics', 'See a cluster’s metrics page.', SEE],
  ])),
  ...permissions('Cluster management', CLUSTER, [
    ['backup:manage', 'Manage backups', 'Take, view and restore backups.', SEE],
  ]),
  ...permissions('Developer', CLUSTER, [
    ['db-console:access', 'Access DB Console', 'Open a cluster’s DB Console.', SEE],
  ]),
  ...permissions('Administrative', ['organization'], [
    ['user:invite', 'Invite users', 'Invite people, suspend and remove them.', ['member:read', 'member:write', 'session:others']],
  ]),
  ...permissions('Billing', ['organization'], [
    ['billing:manage', 'Manage billing', 'Manage billing, invoices and usage.', ['billing:read', 'billing:write']],
  ]),
]

/** What the twelve roles permit beside the matrix. */
const morePermissions = [
  ...permissions('Administrative', ['organization', 'folder', 'cluster'], [
    ['role:assign', 'Assign roles', 'Give and take roles here and below.',
      ['member:read', 'role:read', 'assignment:read', 'assignment:write']],
  ]),
  ...permissions('Administrative', ['organization', 'folder', 'cluster'], [
    ['service-account:create', 'Create service accounts', 'Create service accounts and their keys.',
      ['service-account:read', 'service-account:write']],
  ]),
  ...permissions('Administrative', ['organization'], [
    ['principal:view', 'View users and service accounts', 'See everybody in the organization and their roles.',
      ['member:read', 'service-account:read', 'role:read', 'assignment:read']],
    ['alert:manage', 'Manage email alerts', 'Choose who receives alerts.'],
    ['audit-log:read', 'Read the audit log', 'Read the audit log.', ['audit:read']],
    ['sign-in:configure', 'Configure SSO and SCIM', 'Change single sign-on and provisioning.',
      ['sign-in:read', 'sign-in:write', 'provisioning:write']],
    ['license:manage', 'Manage licences', 'Create and view licences of self-hosted clusters.'],
  ]),
  ...permissions('Billing', ['organization'], [
    ['billing:view', 'View billing', 'See billing, invoices and usage.', ['billing:read']],
  ]),
  ...permissions('Cluster management', CLUSTER, [
    ['cluster:view', 'View clusters', 'See a cluster’s overview and databases.', SEE],
  ]),
  ...asVerb('edit', permissions('Cluster management', CLUSTER, [
    ['cluster:edit', 'Edit clusters', 'Rename a cluster and change its configuration.', CHANGE],
  ])),
  ...permissions('Cluster management', CLUSTER, [
    ['cluster:upgrade', 'Upgrade clusters', 'Change a cluster’s version and maintenance window.', SEE],
    ['cluster:label', 'Label clusters', 'Change a cluster’s labels.', SEE],
    ['cluster-sso:configure', 'Configure cluster SSO', 'Change a cluster’s single sign-on.', SEE],
    ['compliance:view', 'View compliance', 'See a cluster’s PCI status.', SEE],
    ['alert:test', 'Send test alerts', 'Send a test alert for a cluster.', SEE],
    ['cmek:manage', 'Manage encryption keys', 'Enable, rotate and revoke customer-managed keys.', SEE],
    ['egress:manage', 'Manage egress rules', 'Change where a cluster may connect to.', SEE],
  ]),
  ...permissions('Observability', CLUSTER, [
    ['job:view', 'View jobs', 'See a cluster’s jobs.', SEE],
    ['insight:view', 'View insights', 'See a cluster’s insights.', SEE],
    ['sql-activity:view', 'View SQL activity', 'See statements, transactions and sessions.', SEE],
    ['metric-export:manage', 'Manage metric export', 'Send metrics to other systems.', SEE],
    ['log-export:manage', 'Manage log export', 'Send logs to other systems.', SEE],
  ]),
  ...permissions('Folder management', SCOPES, [
    ['folder:create', 'Create folders', 'Make folders here and below.', CHANGE],
  ]),
  ...permissions('Folder management', ['folder'], [
    ['folder:rename', 'Rename folders', 'Rename folders below.', CHANGE],
    ['folder:delete', 'Delete folders', 'Delete empty folders.', CHANGE],
    ['folder:label', 'Label folders', 'Change the labels of folders.', SEE],
  ]),
  ...permissions('Folder management', [...SCOPES, 'cluster'], [
    ['folder:move', 'Move folders and clusters', 'Move folders and clusters; asked at both ends.', CHANGE],
  ]),
  ...permissions('Folder management', SCOPES, [
    ['folder:access', 'Manage access to folders', 'Decide who holds which folder role.',
      ['member:read', 'role:read', 'assignment:read', 'assignment:write']],
  ]),
]

export const cockroachdbPermissions = withVerbs([...matrixPermissions, ...morePermissions], {
  'cluster:view': 'read', 'cluster:create': 'add', 'folder:create': 'add', 'folder:rename': 'edit', 'folder:delete': 'delete',
})
