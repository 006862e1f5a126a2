import { corePermissionNames } from '@/lib/access/permissions'
import type { AccessModel, ModelPermission, ModelRole, ResourceType } from './access-model'
import { asVerb, CHANGE, guardedBy, permissions, SEE } from './declare'

// The design document announces two default roles and lists three; the list is followed. Its "remove members" of role
// management goes with deleting the role: giving and taking roles one by one stays with member management, as tabled.

const clusterPrivileges: ModelPermission[] = [
  ...asVerb('read', permissions('Cluster', ['cluster', 'warehouse'], [
    ['cluster:view', 'View cluster', 'View cluster details.', SEE],
  ])),
  ...asVerb('edit', permissions('Cluster', ['cluster', 'warehouse'], [
    ['cluster:edit', 'Edit cluster',
      'Edit configuration; create, edit and delete scheduling policies; create, scale and delete warehouses.', CHANGE],
  ])),
  ...asVerb('delete', permissions('Cluster', ['cluster'], [
    ['cluster:release', 'Release cluster', 'Release a cluster.', CHANGE],
  ])),
]

const accountPrivileges: ModelPermission[] = [
  ...asVerb('add', permissions('Account', ['account'], [
    ['cluster:create', 'Create cluster', 'Create clusters in the account.', CHANGE],
  ])),
  ...permissions('Account', ['account', 'cluster'], [
    ['cluster:suspend-resume', 'Suspend & resume cluster', 'Suspend and resume clusters.', SEE],
  ]),
  ...permissions('Account', ['account'], [
    ['member:manage', 'Member management',
      'Invite members, remove members, start a password reset, assign roles, unassign roles.',
      ['member:read', 'member:write', 'session:others', 'role:read', 'assignment:read', 'assignment:write']],
    ['role:manage', 'Role management',
      'Create roles, delete roles with their members, enable and disable account or cluster privileges for roles.',
      ['role:read', 'role:write', 'assignment:read']],
    ['cloud-settings:manage', 'Cloud settings management',
      'Create and delete IAM credentials; create and delete network configurations.', SEE],
    ['billing:manage', 'View and manage billing', 'View and manage usage and billing.', ['billing:read', 'billing:write']],
    ['alarm:configure', 'Configure alarm', 'Create, edit and drop alarm policies.', SEE],
  ]),
]

const organizationPrivileges = permissions('Organization', ['organization'], [
  ['organization:manage', 'Organization management', 'Create or remove accounts in the organization.',
    ['organization:read', ...CHANGE]],
  ['payment-settings:manage', 'Payment setting management', 'Edit payment settings.', ['billing:read', 'billing:write']],
])

const names = (list: readonly ModelPermission[]) => list.map(({ name }) => name)

const roles: ModelRole[] = [
  {
    name: 'Organization admin', title: 'Organization admin', group: 'Default roles', assignableAt: ['organization'], immutable: true,
    description: 'Manages all accounts of the organization.',
    permissions: names([...clusterPrivileges, ...accountPrivileges, ...organizationPrivileges]),
    core: corePermissionNames,
  },
  {
    name: 'Account admin', title: 'Account admin', group: 'Default roles', immutable: true,
    assignableAt: ['organization', 'account'],
    description: 'Holds all privileges of an account; its privileges cannot be modified.',
    permissions: names([...clusterPrivileges, ...accountPrivileges]),
    core: ['resource:read', 'resource:write', 'group:read', 'group:write', 'policy:write', 'service-account:read',
      'service-account:write', 'key:others', 'token:read', 'token:write', 'allowlist:read', 'audit:read', 'decision:ask'],
  },
  {
    name: 'Public', title: 'Public', group: 'Default roles', assignableAt: ['organization'], immutable: true, floor: true,
    description: 'Held by every member and cannot be unassigned: basic operations, none of the listed privileges.',
    permissions: [], core: ['organization:read', 'key:self'],
  },
]

const resourceTypes: ResourceType[] = [
  { name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] },
  {
    name: 'account', title: 'Account', plural: 'Accounts', parents: ['organization'],
    guards: guardedBy('organization:manage'),
    creator: { role: 'Account admin', protected: true },
  },
  {
    name: 'cluster', title: 'Cluster', plural: 'Clusters', parents: ['account'],
    guards: { create: 'cluster:create', edit: 'cluster:edit', move: 'cluster:edit', delete: 'cluster:release' },
  },
  {
    name: 'warehouse', title: 'Warehouse', plural: 'Warehouses', parents: ['cluster'],
    guards: guardedBy('cluster:edit'),
  },
]

/** CelerData: an organization's cloud accounts hold clusters and their warehouses; twelve privileges, additive roles. */
export const celerdata: AccessModel = {
  name: 'celerdata',
  title: 'CelerData',
  description: 'Accounts with clusters and warehouses; twelve privileges switched on in additive roles.',
  resourceTypes,
  permissions: [...clusterPrivileges, ...accountPrivileges, ...organizationPrivileges],
  roles,
  rules: {
    rolesPerMember: 'many', defaultRole: null, founderRoles: ['Organization admin'], customRoles: true,
    customRolesAssignableAt: ['organization', 'account', 'cluster'],
  },
}
