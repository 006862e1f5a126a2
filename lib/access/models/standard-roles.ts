import { corePermissionNames } from '@/lib/access/permissions'
import type { ModelRole } from './access-model'
import { standardPermissions } from './standard-permissions'

const SCOPES = ['organization', 'folder']
const CLUSTER_SCOPES = [...SCOPES, 'cluster']
const DATA_SCOPES = [...CLUSTER_SCOPES, 'database', 'keyspace', 'table', 'workspace', 'collection']
const EVERYWHERE = [...DATA_SCOPES, 'warehouse', 'query-lambda', 'integration', 'dashboard']

type Parts = Pick<ModelRole, 'name' | 'title' | 'description' | 'permissions' | 'assignableAt'> & Partial<ModelRole>

const role = (group: string, parts: Parts): ModelRole => ({ group, core: [], immutable: true, ...parts })

const view = ['cluster:view', 'metrics:view', 'database:view', 'integration:view', 'dashboard:view']
const READ_ORGANIZATION = ['organization:read', 'member:read', 'role:read', 'assignment:read', 'group:read', 'resource:read',
  'service-account:read'] as const

const organization: ModelRole[] = [
  role('Organization', {
    name: 'administrator', title: 'Administrator', assignableAt: ['organization'],
    description: 'For the few who run the organization: may do everything, everywhere.',
    permissions: standardPermissions.map(({ name }) => name), core: corePermissionNames,
  }),
  role('Organization', {
    name: 'member', title: 'Member', assignableAt: ['organization'], floor: true,
    description: 'Held by everyone: sees the organization and manages own API keys, nothing else.',
    permissions: [], core: ['organization:read', 'key:self'],
  }),
  role('Organization', {
    name: 'user-manager', title: 'User manager', assignableAt: ['organization'],
    description: 'For those who bring people in: invites, suspends and removes them, and gives roles they hold themselves.',
    permissions: [],
    core: [...READ_ORGANIZATION, 'member:write', 'assignment:write', 'group:write', 'session:others'],
  }),
  role('Organization', {
    name: 'security-admin', title: 'Security admin', assignableAt: ['organization'],
    description: 'For those who guard the doors: allowlist, sign-in, provisioning, credentials, guardrails and the audit log.',
    permissions: [],
    core: [...READ_ORGANIZATION, 'allowlist:read', 'allowlist:write', 'sign-in:read', 'sign-in:write', 'provisioning:write',
      'credential-policy:write', 'guardrail:write', 'session:others', 'key:others', 'token:read', 'audit:read', 'decision:ask'],
  }),
  role('Organization', {
    name: 'auditor', title: 'Auditor', assignableAt: SCOPES,
    description: 'For those who check: sees everything, the audit log too, changes nothing, reads no data.',
    permissions: [...view, 'backup:view', 'activity:view'],
    core: [...READ_ORGANIZATION, 'token:read', 'allowlist:read', 'sign-in:read', 'audit:read', 'decision:ask', 'billing:read'],
  }),
  role('Organization', {
    name: 'viewer', title: 'Viewer', assignableAt: EVERYWHERE,
    description: 'For those who look on: sees resources and their state, changes nothing, reads no data.',
    permissions: view, core: ['resource:read'],
  }),
  role('Organization', {
    name: 'decision-client', title: 'Decision client', assignableAt: SCOPES,
    description: 'For programs that ask whether somebody may do something, and whose credential they were shown.',
    permissions: [], core: ['decision:ask', 'credential:introspect', 'resource:read'],
  }),
  role('Billing', {
    name: 'billing-admin', title: 'Billing admin', assignableAt: ['organization'],
    description: 'For those who pay: sees usage and invoices and changes billing settings.',
    permissions: [], core: ['organization:read', 'billing:read', 'billing:write'],
  }),
  role('Billing', {
    name: 'billing-viewer', title: 'Billing viewer', assignableAt: ['organization'],
    description: 'For those who watch the costs: sees usage and invoices.',
    permissions: [], core: ['organization:read', 'billing:read'],
  }),
]

const folder: ModelRole[] = [
  role('Folders', {
    name: 'folder-admin', title: 'Folder admin', assignableAt: SCOPES,
    description: 'For team leads: arranges folders, decides who holds which role below, and sees what was done there.',
    permissions: ['folder:create', 'folder:edit', 'folder:move', 'folder:delete'],
    core: ['resource:read', 'resource:write', 'member:read', 'role:read', 'assignment:read', 'assignment:write', 'audit:read'],
  }),
  role('Folders', {
    name: 'folder-mover', title: 'Folder mover', assignableAt: SCOPES,
    description: 'For those who tidy up: renames and moves folders and clusters, makes and deletes none.',
    permissions: ['folder:edit', 'folder:move'], core: ['resource:read'],
  }),
  role('Folders', {
    name: 'cluster-creator', title: 'Cluster creator', assignableAt: SCOPES,
    description: 'For teams that serve themselves: makes clusters, and administers those it made.',
    permissions: ['cluster:create'], core: ['resource:read'],
  }),
]

const monitor = ['cluster:view', 'metrics:view', 'activity:view']
const developer = [...monitor, 'connection-info:view', 'console:access', 'database:view']
const operator = [...developer, 'cluster:scale', 'cluster:suspend', 'cluster:upgrade', 'networking:configure', 'backup:view',
  'backup:manage', 'warehouse:manage', 'alert:manage', 'export:manage']
const dataRead = ['database:view', 'data:read', 'query:run', 'query-lambda:run', 'dashboard:view']
const dataEdit = [...dataRead, 'data:add', 'data:edit', 'data:delete', 'query-lambda:manage', 'dashboard:create',
  'dashboard:edit', 'dashboard:delete']

const cluster: ModelRole[] = [
  role('Clusters', {
    name: 'cluster-admin', title: 'Cluster admin', assignableAt: CLUSTER_SCOPES,
    description: 'For owners of clusters: everything about them, their SQL users and who may use them; makes new ones where held at an organization or a folder.',
    permissions: [...operator, { permission: 'cluster:create', heldAt: SCOPES }, 'cluster:edit', 'cluster:delete',
      'sql-user:manage', 'encryption:manage', 'database:create', 'database:edit', 'database:delete'],
    core: ['resource:read', 'resource:write', 'member:read', 'role:read', 'assignment:read', 'assignment:write'],
  }),
  role('Clusters', {
    name: 'cluster-operator', title: 'Cluster operator', assignableAt: CLUSTER_SCOPES,
    description: 'For those on call: scales, suspends, upgrades, backs up; neither makes nor deletes clusters.',
    permissions: operator,
  }),
  role('Clusters', {
    name: 'cluster-developer', title: 'Cluster developer', assignableAt: CLUSTER_SCOPES,
    description: 'For those who build on a cluster: connects, opens its console, sees its metrics.',
    permissions: developer,
  }),
  role('Clusters', {
    name: 'cluster-monitor', title: 'Cluster monitor', assignableAt: CLUSTER_SCOPES,
    description: 'For dashboards and watchers: sees metrics, jobs and activity.',
    permissions: monitor,
  }),
]

const data: ModelRole[] = [
  role('Data', {
    name: 'data-admin', title: 'Data admin', assignableAt: DATA_SCOPES,
    description: 'For owners of data: defines databases, tables, workspaces and integrations, and reads and changes all data in them.',
    permissions: [...dataEdit, 'database:create', 'database:edit', 'database:delete', 'table:define', 'workspace:manage',
      'integration:view', 'integration:manage'],
  }),
  role('Data', {
    name: 'data-editor', title: 'Data editor', assignableAt: DATA_SCOPES,
    description: 'For those who work with data: reads, adds, edits and deletes it, and makes dashboards.',
    permissions: dataEdit,
  }),
  role('Data', {
    name: 'data-reader', title: 'Data reader', assignableAt: DATA_SCOPES,
    description: 'For those who read data: queries, dashboards, saved queries.',
    permissions: dataRead,
  }),
]

export const standardRoles: readonly ModelRole[] = [...organization, ...folder, ...cluster, ...data]
