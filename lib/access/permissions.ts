/** What Gatehouse's own doors ask for. Outside the code these names carry the prefix `gatehouse/`. */
type CoreDeclaration = { title: string; description: string; group: string }

export const CORE_PERMISSIONS = {
  'organization:read': { title: 'View organization', description: 'See the organization’s name, address and settings.', group: 'Organization' },
  'organization:write': { title: 'Edit organization', description: 'Rename the organization and change its general settings.', group: 'Organization' },
  'organization:delete': { title: 'Delete organization', description: 'Delete the organization and everything in it.', group: 'Organization' },
  'member:read': { title: 'View users', description: 'See who is in the organization, their roles and invitations.', group: 'Users' },
  'member:write': { title: 'Manage users', description: 'Invite, suspend, resume and remove people.', group: 'Users' },
  'session:others': { title: 'End others’ sessions', description: 'See and end other people’s sessions in the organization.', group: 'Users' },
  'role:read': { title: 'View roles', description: 'See roles and what they permit.', group: 'Roles' },
  'role:write': { title: 'Manage roles', description: 'Create, edit and delete custom roles.', group: 'Roles' },
  'assignment:read': { title: 'View role assignments', description: 'See who holds which role where.', group: 'Roles' },
  'assignment:write': { title: 'Manage role assignments', description: 'Give and take roles.', group: 'Roles' },
  'group:read': { title: 'View groups', description: 'See groups, their members and roles.', group: 'Groups' },
  'group:write': { title: 'Manage groups', description: 'Create, edit and delete groups and their members.', group: 'Groups' },
  'policy:write': { title: 'Edit policies', description: 'Change the policies of groups.', group: 'Groups' },
  'guardrail:write': { title: 'Edit guardrails', description: 'Change organization-wide forbid policies.', group: 'Groups' },
  'resource:read': { title: 'View resources', description: 'See folders, clusters and other resources.', group: 'Resources' },
  'resource:write': { title: 'Manage resources', description: 'Create, rename, move and delete resources.', group: 'Resources' },
  'key:self': { title: 'Own API keys', description: 'Create and manage one’s own API keys.', group: 'Credentials' },
  'key:others': { title: 'Others’ API keys', description: 'See and revoke other people’s API keys.', group: 'Credentials' },
  'service-account:read': { title: 'View service accounts', description: 'See service accounts and their keys.', group: 'Credentials' },
  'service-account:write': { title: 'Manage service accounts', description: 'Create and delete service accounts and their keys.', group: 'Credentials' },
  'token:read': { title: 'View application tokens', description: 'See application tokens.', group: 'Credentials' },
  'token:write': { title: 'Manage application tokens', description: 'Generate and delete application tokens.', group: 'Credentials' },
  'credential-policy:write': { title: 'Edit credential policy', description: 'Change lifetimes and limits of credentials.', group: 'Credentials' },
  'credential:introspect': { title: 'Introspect credentials', description: 'Ask whether a credential is good and whose it is.', group: 'Credentials' },
  'allowlist:read': { title: 'View IP allowlist', description: 'See which addresses may reach the organization.', group: 'Security' },
  'allowlist:write': { title: 'Edit IP allowlist', description: 'Change which addresses may reach the organization.', group: 'Security' },
  'sign-in:read': { title: 'View sign-in settings', description: 'See connections and sign-in policy.', group: 'Security' },
  'sign-in:write': { title: 'Edit sign-in settings', description: 'Change connections and sign-in policy.', group: 'Security' },
  'provisioning:write': { title: 'Manage provisioning', description: 'Change SCIM tokens and mappings.', group: 'Security' },
  'audit:read': { title: 'Read audit log', description: 'Read, export and verify the audit log.', group: 'Oversight' },
  'decision:ask': { title: 'Ask for decisions', description: 'Ask about, explain and search other principals’ access.', group: 'Oversight' },
  'billing:read': { title: 'View billing', description: 'See usage and invoices.', group: 'Billing' },
  'billing:write': { title: 'Manage billing', description: 'Change billing settings.', group: 'Billing' },
} as const satisfies Record<string, CoreDeclaration>

export type CorePermission = keyof typeof CORE_PERMISSIONS

export const isCorePermission = (name: string): name is CorePermission => Object.hasOwn(CORE_PERMISSIONS, name)

/** Every core permission, in catalogue order. */
export const corePermissionNames = Object.keys(CORE_PERMISSIONS).filter(isCorePermission)
