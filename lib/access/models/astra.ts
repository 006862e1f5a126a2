import type { AccessModel, ResourceType } from './access-model'
import { astraPermissions } from './astra-permissions'
import { astraRoles } from './astra-roles'

const resourceTypes: ResourceType[] = [
  { name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] },
  {
    name: 'database', title: 'Database', plural: 'Databases', parents: ['organization'],
    attributes: { region: 'String', provider: 'String' },
    guards: { view: 'org-db-view', create: 'org-db-create', edit: 'org-db-create', move: 'org-db-create', delete: 'org-db-terminate' },
  },
  {
    name: 'keyspace', title: 'Keyspace', plural: 'Keyspaces', parents: ['database'],
    guards: {
      view: 'db-keyspace-describe', create: 'db-keyspace-create', edit: 'db-keyspace-alter', move: 'db-keyspace-alter', delete: 'db-keyspace-drop',
    },
  },
  {
    name: 'table', title: 'Table', plural: 'Tables', parents: ['keyspace'],
    guards: { view: 'db-table-describe', create: 'db-table-create', edit: 'db-table-alter', move: 'db-table-alter', delete: 'db-table-drop' },
  },
]

/** Astra DB: 48 permissions by their DevOps parameter names, 16 default roles, custom roles over chosen resources. */
export const astra: AccessModel = {
  name: 'astra',
  title: 'Astra DB',
  description: 'Databases, keyspaces and tables; 16 default roles and custom roles over chosen ones; application tokens.',
  resourceTypes,
  permissions: astraPermissions,
  roles: astraRoles,
  rules: {
    rolesPerMember: 'many', defaultRole: 'UI View Only', founderRoles: ['Organization Administrator'],
    customRoles: true, customRolesAssignableAt: ['organization'], chosenResourcesReachUp: true,
  },
}
