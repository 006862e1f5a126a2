import type { ModelPermission } from './access-model'
import { asVerb, CHANGE, permissions, SEE, WRITE, withVerbs } from './declare'

const ORG = ['organization']
const DATABASE = ['database']
const BOTH = ['organization', 'database']
const KEYSPACE = ['keyspace']
const TABLE = ['table']

const organization: ModelPermission[] = [
  ...permissions('Organization', BOTH, [
    ['org-db-view', 'View DB', 'See databases.', SEE],
    ['org-db-create', 'Create DB', 'Create databases.', CHANGE],
    ['org-db-terminate', 'Terminate DB', 'Terminate databases.', CHANGE],
    ['org-db-expand', 'Expand DB (classic only)', 'Add capacity to classic databases.', SEE],
    ['org-db-passwordreset', 'Reset Password', 'Reset the password of a database.', SEE],
    ['org-db-managemigratorproxy', 'Manage Migrator Proxy', 'Manage the migrator proxy of a database.', SEE],
    ['org-db-addpeering', 'Add Peering', 'Add peering to a database.', SEE],
    ['org-db-suspend', 'Suspend DB', 'Suspend databases.', SEE],
  ]),
  ...permissions('Organization', ORG, [
    ['org-audits-read', 'Read Audits', 'Read the audit log.', ['audit:read']],
    ['org-billing-read', 'Read Billing', 'See usage and invoices.', ['billing:read']],
    ['org-billing-write', 'Write Billing', 'Change billing settings.', ['billing:read', 'billing:write']],
  ]),
  ...permissions('Organization', BOTH, [
    ['accesslist-read', 'Read IP Access List', 'See which addresses may connect.', ['allowlist:read']],
    ['accesslist-write', 'Write IP Access List', 'Change which addresses may connect.', ['allowlist:read', 'allowlist:write']],
  ]),
  ...permissions('Organization', DATABASE, [
    ['db-manage-region', 'Manage Region', 'Add and remove regions of a database.', SEE],
    ['db-manage-privateendpoint', 'Manage Private Endpoint', 'Manage private endpoints of a database.', SEE],
    // The source has no console name for this one.
    ['db-manage-thirdpartymetrics', 'Manage Third-Party Metrics', 'Send a database’s metrics to other systems.', SEE],
  ]),
  ...permissions('Organization', ORG, [
    ['org-user-read', 'Read User', 'See who is in the organization.', ['member:read']],
    ['org-user-write', 'Write User', 'Invite and remove users and change their roles.',
      ['member:read', 'member:write', 'assignment:read', 'assignment:write']],
    ['org-read', 'Read Organization', 'See the organization’s settings.', ['organization:read']],
    ['org-write', 'Write Organization', 'Change the organization’s settings.', ['organization:read', 'organization:write']],
    ['org-role-read', 'Read Custom Role', 'See roles and what they permit.', ['role:read']],
    ['org-role-write', 'Write Custom Role', 'Create and edit custom roles.', ['role:read', 'role:write']],
    // Gatehouse has no door for deleting alone: `role:write` opens it, and to imply that would give editing too.
    ['org-role-delete', 'Delete Custom Role', 'Delete custom roles, for those who may write them.', ['role:read']],
    ['org-external-auth-read', 'Read External Auth', 'See single sign-on settings.', ['sign-in:read']],
    ['org-external-auth-write', 'Write External Auth', 'Change single sign-on settings.',
      ['sign-in:read', 'sign-in:write', 'provisioning:write']],
    ['org-token-read', 'Read Token', 'See application tokens.', ['token:read']],
    ['org-token-write', 'Write Token', 'Generate and delete application tokens.', ['token:read', 'token:write']],
    ['org-notification-write', 'Notification Write', 'Change who is notified of what.'],
  ]),
]

const keyspaces: ModelPermission[] = [
  ...permissions('Keyspace', DATABASE, [
    ['db-all-keyspace-create', 'Create All Keyspaces', 'Create any keyspace in a database.', CHANGE],
    ['db-all-keyspace-describe', 'Describe All Keyspaces', 'See the definition of all keyspaces in a database.', SEE],
  ]),
  ...permissions('Keyspace', KEYSPACE, [
    ['db-keyspace-alter', 'Alter Keyspace', 'Change a keyspace.', CHANGE],
    ['db-keyspace-authorize', 'Authorize Keyspace', 'Authorize others in a keyspace.', SEE],
    ['db-keyspace-create', 'Create Keyspace', 'Create a keyspace.', CHANGE],
    ['db-keyspace-describe', 'Describe Keyspace', 'See the definition of a keyspace.', SEE],
    ['db-keyspace-drop', 'Drop Keyspace', 'Drop a keyspace.', CHANGE],
    ['db-keyspace-grant', 'Grant Keyspace', 'Grant permissions in a keyspace.', SEE],
    ['db-keyspace-modify', 'Modify Keyspace', 'Change the data in a keyspace.', SEE],
  ]),
]

const tables: ModelPermission[] = [
  ...permissions('Table', TABLE, [
    ['db-table-alter', 'Alter Table', 'Change a table.', CHANGE],
    ['db-table-authorize', 'Authorize Table', 'Authorize others on a table.', SEE],
    ['db-table-create', 'Create Table', 'Create a table.', CHANGE],
    ['db-table-describe', 'Describe Table', 'See the definition of a table.', SEE],
    ['db-table-drop', 'Drop Table', 'Drop a table.', CHANGE],
    ['db-table-grant', 'Grant Table', 'Grant permissions on a table.', SEE],
  ]),
  ...asVerb('edit', permissions('Table', TABLE, [
    ['db-table-modify', 'Modify Table', 'Add, change and delete rows of a table.', SEE],
  ])),
  ...asVerb('read', permissions('Table', TABLE, [['db-table-select', 'Select Table', 'Read rows of a table.', SEE]])),
]

const apis = permissions('API', DATABASE, [
  ['db-graphql', 'Access GraphQL API', 'Use the GraphQL API of a database.', SEE],
  ['db-rest', 'Access REST', 'Use the REST API of a database.', SEE],
  ['db-cql', 'Access CQL', 'Connect to a database with CQL.', SEE],
])

/** The 48 permissions by their DevOps parameter names, in the order of the reference table. */
export const astraPermissions = withVerbs([...organization, ...keyspaces, ...tables, ...apis], {
  'org-db-view': 'read', 'org-db-create': 'add', 'org-db-terminate': 'delete', 'db-keyspace-describe': 'read', 'db-keyspace-create': 'add',
  'db-keyspace-alter': 'edit', 'db-keyspace-drop': 'delete', 'db-table-modify': WRITE,
})
