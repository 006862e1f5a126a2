import { corePermissionNames } from '@/lib/access/permissions'
import type { AccessModel, ModelPermission, ModelRole, ResourceType } from './access-model'
import { asVerb, CHANGE, guardedBy, permissions, SEE, WRITE, withVerbs } from './declare'

// The design document wins over the later API: exactly one of three predefined roles, so no custom ones, and a key
// has its creator's rights; the later API's global, workspace and virtual-instance privileges are left out.

const ROOT = ['organization']

const allPermissions: ModelPermission[] = [
  ...permissions('Organization', ROOT, [
    ['user:read', 'View users', 'See who is in the organization and their roles.', ['member:read']],
    ['user:write', 'Manage users', 'Invite and remove users and choose their role.',
      ['member:read', 'member:write', 'assignment:read', 'assignment:write']],
    ['settings:write', 'Manage settings', 'Change the organization’s settings, sign-on and IP allowlist.',
      ['organization:read', 'organization:write', 'allowlist:read', 'allowlist:write', 'sign-in:read', 'sign-in:write']],
    ['billing:write', 'Manage billing', 'See usage and invoices and change billing.', ['billing:read', 'billing:write']],
  ]),
  ...permissions('API keys', ROOT, [
    ['own-api-key:read', 'View own API keys', 'See one’s own API keys.', ['key:self']],
    ['own-api-key:write', 'Manage own API keys', 'Create and delete one’s own API keys.', ['key:self']],
    ['others-api-key:read', 'View others’ API keys', 'See other users’ API keys.', ['key:others']],
    ['others-api-key:write', 'Manage others’ API keys', 'Delete other users’ API keys.', ['key:others']],
  ]),
  ...permissions('Integrations', ['integration'], [
    ['integration:read', 'View integrations', 'See integrations and what they connect to.', SEE],
    ['integration:write', 'Manage integrations', 'Create, change and delete integrations.', CHANGE],
  ]),
  ...permissions('Workspaces', ['workspace'], [
    ['workspace:read', 'View workspaces', 'See workspaces and what they hold.', SEE],
    ['workspace:write', 'Manage workspaces', 'Create and delete workspaces.', CHANGE],
  ]),
  ...asVerb('read', permissions('Collections', ['collection'], [
    ['collection:read', 'Query collections', 'See collections and query their data.', SEE],
  ])),
  ...permissions('Collections', ['collection'], [
    ['collection:write', 'Manage collections', 'Create and delete collections and write to them.', CHANGE],
  ]),
  ...permissions('Query lambdas', ['query-lambda'], [
    ['query-lambda:read', 'Run query lambdas', 'See and run query lambdas.', SEE],
    ['query-lambda:write', 'Manage query lambdas', 'Create, change and delete query lambdas.', CHANGE],
  ]),
]

const role = (name: string, description: string, parts: Pick<ModelRole, 'permissions' | 'core'>): ModelRole => ({
  name, title: name, description, group: 'Organization', assignableAt: ROOT, immutable: true, ...parts,
})

const readOnly = ['own-api-key:read', 'own-api-key:write', 'workspace:read', 'collection:read', 'query-lambda:read',
  'query-lambda:write']

const roles: ModelRole[] = [
  role('Administrator', 'For those who run the organization: resources, users, settings and billing.', {
    permissions: allPermissions.map(({ name }) => name), core: corePermissionNames,
  }),
  role('Member', 'For those who build: changes resources, but neither organization, billing nor other users.', {
    permissions: [...readOnly, 'user:read', 'integration:read', 'integration:write', 'workspace:write', 'collection:write'],
    core: ['organization:read'],
  }),
  role('Read-Only', 'For those who query: reads collections and manages the query lambdas to do so.', {
    permissions: readOnly, core: ['organization:read'],
  }),
]

const resourceTypes: ResourceType[] = [
  { name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] },
  { name: 'integration', title: 'Integration', plural: 'Integrations', parents: ROOT, guards: guardedBy('integration:write', 'integration:read') },
  { name: 'workspace', title: 'Workspace', plural: 'Workspaces', parents: ROOT, guards: guardedBy('workspace:write', 'workspace:read') },
  {
    name: 'collection', title: 'Collection', plural: 'Collections', parents: ['workspace'],
    guards: guardedBy('collection:write', 'collection:read'),
  },
  {
    name: 'query-lambda', title: 'Query lambda', plural: 'Query lambdas', parents: ['workspace'],
    guards: guardedBy('query-lambda:write', 'query-lambda:read'),
  },
]

/** Rockset: three roles, exactly one a user; workspaces with collections and query lambdas, and integrations. */
export const rockset: AccessModel = {
  name: 'rockset',
  title: 'Rockset',
  description: 'Three roles, exactly one for each user: Administrator, Member and Read-Only.',
  resourceTypes,
  permissions: withVerbs(allPermissions, {
    'integration:read': 'read', 'integration:write': WRITE, 'workspace:read': 'read', 'workspace:write': WRITE,
    'collection:write': WRITE, 'query-lambda:read': 'read', 'query-lambda:write': WRITE,
  }),
  roles,
  rules: { rolesPerMember: 'one', defaultRole: 'Read-Only', founderRoles: ['Administrator'], customRoles: false },
}
