import { corePermissionNames } from '@/lib/access/permissions'
import type { ModelRole } from './access-model'
import { astraPermissions } from './astra-permissions'

// The documentation's table is followed cell by cell, also where it breaks its own sentences: API Admin Svc Acct has
// `db-cql`, the three Admin service accounts and users lack `accesslist-read`, and list users and databases.

const read = ['accesslist-read', 'db-all-keyspace-describe', 'db-keyspace-describe', 'db-table-describe', 'db-table-select',
  'db-graphql', 'db-rest']
const people = ['org-db-view', 'org-user-read']
const write = ['db-table-modify']
const cql = ['db-cql']

const manageDatabases = ['org-db-view', 'org-db-create', 'org-db-terminate', 'org-db-expand', 'org-db-passwordreset',
  'org-db-managemigratorproxy', 'org-db-addpeering', 'org-db-suspend', 'db-manage-region', 'db-manage-privateendpoint']
const billing = ['org-billing-read', 'org-billing-write']
const manageData = ['db-all-keyspace-create', 'db-all-keyspace-describe', 'db-keyspace-alter', 'db-keyspace-authorize',
  'db-keyspace-create', 'db-keyspace-describe', 'db-keyspace-drop', 'db-keyspace-grant', 'db-keyspace-modify', 'db-table-alter',
  'db-table-authorize', 'db-table-create', 'db-table-describe', 'db-table-drop', 'db-table-grant', 'db-table-modify',
  'db-table-select', 'db-graphql', 'db-rest']
const metrics = ['db-manage-thirdpartymetrics']
const administer = [...manageDatabases, ...billing, 'org-user-read', 'org-user-write', ...manageData]

const role = (
  group: string, name: string, description: string, permissions: readonly string[], core: ModelRole['core'] = [],
): ModelRole => ({ name, title: name, description, group, permissions, core, assignableAt: ['organization'], immutable: true })

const ORGANIZATION = 'Organization Access'
const DATA = 'Database, Keyspace, or Table Access'
const API = 'API Access'

/** The 16 default roles, in the order of the reference table. */
export const astraRoles: readonly ModelRole[] = [
  role(DATA, 'Admin User', 'For people who manage databases, their data, users and billing.',
    [...administer, ...cql, ...metrics, 'org-read']),
  role(DATA, 'RO User', 'For people who read data.', [...read, ...people, ...cql]),
  role(DATA, 'R/W User', 'For people who read and change data.', [...read, ...people, ...cql, ...write]),
  role(API, 'API Admin User', 'For people who manage databases over the APIs, without CQL.',
    [...administer, ...metrics, 'accesslist-read']),
  role(API, 'API RO User', 'For people who read data over the APIs, without CQL.', [...read, ...people]),
  role(API, 'API R/W User', 'For people who read and change data over the APIs, without CQL.', [...read, ...people, ...write]),
  role(DATA, 'Admin Svc Acct', 'For programs that manage databases and their data.', [...administer, ...cql]),
  role(DATA, 'RO Svc Acct', 'For programs that read data; cannot list users and databases.', [...read, ...cql]),
  role(DATA, 'R/W Svc Acct', 'For programs that read and change data; cannot list users and databases.',
    [...read, ...cql, ...write]),
  role(API, 'API Admin Svc Acct', 'For programs that manage databases over the APIs.', [...administer, ...cql, ...metrics]),
  role(API, 'API RO Svc Acct', 'For programs that read data over the APIs; cannot list users and databases.', read),
  role(API, 'API R/W Svc Acct', 'For programs that read and change data over the APIs; cannot list users and databases.',
    [...read, ...write]),
  role(ORGANIZATION, 'Billing Admin', 'For those who pay: usage, invoices and billing settings.', [...people, ...billing]),
  role(ORGANIZATION, 'Database Administrator', 'For those who run all databases: data, access lists and tokens.',
    [...manageDatabases, ...manageData, ...metrics, ...cql, 'org-user-read', 'accesslist-read', 'accesslist-write',
      'org-token-read', 'org-token-write']),
  role(ORGANIZATION, 'Organization Administrator', 'For the few who run the organization: holds every permission.',
    astraPermissions.map(({ name }) => name), corePermissionNames),
  role(ORGANIZATION, 'UI View Only', 'For those who look on in the console: databases, users and access lists.',
    [...people, 'accesslist-read']),
]
