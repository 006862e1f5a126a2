import { accessModels } from '@/lib/access/models/catalogue'
import type { Actor } from '@/lib/access/principals/actor'
import { commandActor } from '@/lib/access/principals/actor'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { invitationIdOf, newId } from '@/lib/ids'
import { createInvitations } from '@/lib/features/invitations/operations'
import { createAccountKey } from '@/lib/features/service-accounts/key-operations'
import { createMapping } from '@/lib/features/provisioning/mapping-operations'
import { createScimToken } from '@/lib/features/provisioning/token-operations'
import { createServiceAccount } from '@/lib/features/service-accounts/operations'
import { createTrustedIssuer } from '@/lib/features/trusted-issuers/operations'
import { makeNextSamlKey } from '@/lib/features/saml-connections/operations'
import { createToken } from '@/lib/features/tokens/operations'
import { makeKey, type TestKey } from './api'
import { makeFactor } from './factors'
import { makeMember, makeOrganization, makeResource, makeRole, type TestMember, type TestOrganization } from './factories'
import { recordName, recordValue } from '@/lib/features/verified-domains/rules'
import { sampleDns } from './dns'
import { makeSamlConnection, SAMPLE_METADATA } from './saml-connections'

/** An organization with one of everything that operations are about. */
export type World = {
  org: TestOrganization
  /** An active member who holds `Billing viewer` beside the floor role, and a key. */
  member: TestMember
  key: TestKey
  suspended: TestMember
  invitationId: string
  invited: string
  /** With the suspended member in it. */
  groupId: string
  mailId: string
  /** A custom role nobody holds. */
  roleId: string
  eventId: string
  folderId: string
  clusterId: string
  /** The member holds `Billing viewer` at the organization by it. */
  assignmentId: string
  serviceAccountId: string
  accountKeyId: string
  trustedIssuerId: string
  tokenId: string
  /** Its identity provider is known, and the next certificate is made. */
  samlConnectionId: string
  /** Without a next certificate. */
  bareSamlConnectionId: string
  /** With a token, a mapping, and nobody yet; `managedGroupId` is its group, `managed` its member. */
  directoryId: string
  scimTokenId: string
  mappingId: string
  managedGroupId: string
  provisioningRequestId: string
  managed: TestMember
  /** On an allowlist that is off. */
  allowlistEntryId: string
  /** Speaks OpenID Connect, tested and not enabled. */
  testedConnectionId: string
  /** An e-mail domain whose record stands. */
  domainId: string
}

const PERMIT = 'permit(principal, action == Standard::Action::"cluster:view", resource);'
const FORBID = 'forbid(principal, action == Standard::Action::"cluster:delete", resource);'

/** An earlier text that can be restored; the one of now is empty. */
async function writeHistory(organizationId: string, ownerId: string, text: string): Promise<void> {
  await db().policyVersion.createMany({ data: [{ organizationId, ownerId, version: 1, text }, { organizationId, ownerId, version: 2, text: '' }] })
  await db().policy.create({ data: { organizationId, ownerId, version: 2, text: '' } })
}

const policyTest = ({ member }: World) => ({ principalId: member.id, action: 'cluster:view', resource: { type: 'organization', id: member.id }, isAllowed: true })

/** Makes it; the invitation went the usual way, so that there is a mail and an event. */
export async function makeWorld(): Promise<World> {
  const org = await makeOrganization()
  const member = await makeMember(org)
  const assignmentId = newId('assignment')
  await db().roleAssignment.create({ data: { id: assignmentId, organizationId: org.id, membershipId: member.id, roleId: org.roleIds.get('billing-viewer') ?? '', scopeId: org.id } })
  const suspended = await makeMember(org)
  await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id: suspended.id } }, data: { status: 'suspended' } })
  const invited = `invited@${org.slug}.test`
  await perform(createInvitations, org.admin.actor, org.id, { emails: [invited], roles: [{ role: 'viewer' }] })
  const invitation = await db().membership.findFirstOrThrow({ where: { organizationId: org.id, email: invited } })
  const mail = await db().mail.findFirstOrThrow({ where: { organizationId: org.id } })
  const event = await db().auditEvent.findFirstOrThrow({ where: { organizationId: org.id } })
  const { id: serviceAccountId } = await perform(createServiceAccount, org.admin.actor, org.id, { name: 'deployer', roles: [{ role: 'viewer' }] })
  const { id: accountKeyId } = await perform(createAccountKey, org.admin.actor, org.id, { serviceAccountId, name: 'ci' })
  const { id: trustedIssuerId } = await perform(createTrustedIssuer, org.admin.actor, org.id, { serviceAccountId, name: 'ci', issuer: 'https://ci.example', conditions: [{ claim: 'sub', values: ['main'] }] })
  const { id: tokenId } = await perform(createToken, org.admin.actor, org.id, { role: 'viewer', description: 'reporting' })
  const { id: scimTokenId, directoryId } = await perform(createScimToken, org.admin.actor, org.id, { name: 'Okta' })
  const { id: mappingId } = await perform(createMapping, org.admin.actor, org.id, { directoryId, value: 'Analysts', role: 'viewer' })
  const managed = await makeMember(org)
  await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id: managed.id } }, data: { directoryId } })
  const managedGroupId = newId('group')
  await db().group.create({ data: { id: managedGroupId, organizationId: org.id, name: 'Pushed', directoryId } })
  const provisioningRequestId = newId('provisioningRequest')
  await db().provisioningRequest.create({ data: { id: provisioningRequestId, organizationId: org.id, directoryId, tokenId: scimTokenId, method: 'GET', path: '/Users', status: 200 } })
  const groupId = newId('group')
  await db().group.create({ data: { id: groupId, organizationId: org.id, name: 'Operators', members: { create: { membershipId: suspended.id } } } })
  await writeHistory(org.id, groupId, PERMIT)
  await writeHistory(org.id, org.id, FORBID)
  const [folderId, clusterId] = [await makeResource(org, 'folder'), await makeResource(org, 'cluster')]
  const [samlConnectionId, bareSamlConnectionId] = [await makeSamlConnection(org), await makeSamlConnection(org)]
  await perform(makeNextSamlKey, org.admin.actor, org.id, { id: samlConnectionId })
  const allowlistEntryId = newId('allowlistEntry')
  await db().allowlistEntry.create({ data: { id: allowlistEntryId, organizationId: org.id, cidr: '203.0.113.0/24', surfaces: ['console', 'api', 'data'] } })
  const [testedConnectionId, domainId] = [newId('connection'), newId('domain')]
  await db().ssoConnection.create({ data: { id: testedConnectionId, organizationId: org.id, kind: 'okta', name: 'Tested', status: 'tested', testedAt: new Date() } })
  const domain = await db().verifiedDomain.create({ data: { id: domainId, organizationId: org.id, domain: `${org.slug}.example`, token: org.slug } })
  ;(await sampleDns()).set(recordName(domain.domain), [recordValue(domain.token)])
  return { testedConnectionId, domainId, allowlistEntryId, provisioningRequestId, directoryId, scimTokenId, mappingId, managed, managedGroupId, samlConnectionId, bareSamlConnectionId, serviceAccountId, accountKeyId, trustedIssuerId, tokenId, folderId, clusterId, org, member, groupId, key: await makeKey(org, member), suspended, invited, invitationId: invitationIdOf(invitation.id), mailId: mail.id, eventId: event.id, assignmentId, roleId: await makeRole(org.id, ['audit:read']) }
}

const waitForConfirmation = ({ org }: World) =>
  db().allowlist.create({ data: { organizationId: org.id, mode: 'enforced', revertAt: new Date(Date.now() + 300_000), revertMode: 'off', revertCoversData: false } })

/** The administrator may hold break-glass codes, and has a second factor. */
async function chooseHolder({ org }: World): Promise<void> {
  await makeFactor(org.admin.accountId)
  await db().breakGlassHolder.create({ data: { organizationId: org.id, membershipId: org.admin.id } })
}

/** Input with which an operation succeeds in a fresh world, and who gives it: the administrator unless told otherwise. */
export type Case = { input: (world: World) => unknown; by?: (world: World) => Actor; /** What has to be so before it can succeed. */ prepare?: (world: World) => Promise<unknown>; /** From where it is done. */ address?: string }

/** One for each operation there is, by event. The contract test fails for an operation without. */
export const CASES: Readonly<Record<string, Case>> = {
  'organization.rename': { input: () => ({ name: 'Renamed' }) },
  'organization.leave': { input: () => ({}), by: ({ member }) => member.actor },
  'access-model.save': { input: () => ({ model: accessModels.standard }) },
  'member.suspend': { input: ({ member }) => ({ id: member.id }) },
  'member.resume': { input: ({ suspended }) => ({ id: suspended.id }) },
  'member.remove': { input: ({ member }) => ({ id: member.id }) },
  'member.set-roles': { input: ({ member }) => ({ id: member.id, roles: [{ role: 'viewer' }] }) },
  'member.password-reset': { input: ({ member }) => ({ id: member.id }) },
  'member.export': { input: () => ({}) },
  'member.end-sessions': { input: ({ member }) => ({ userId: member.id }) },
  'member.release': { input: ({ managed }) => ({ id: managed.id }) },
  'group.hand-over': { input: ({ groupId, directoryId }) => ({ id: groupId, directoryId }) },
  'group.release': { input: ({ managedGroupId }) => ({ id: managedGroupId }) },
  'directory.update': { input: ({ directoryId }) => ({ id: directoryId, name: 'Okta production' }) },
  'directory.delete': { input: ({ directoryId }) => ({ id: directoryId }) },
  'scim-token.create': { input: ({ directoryId }) => ({ name: 'second', directoryId }) },
  'scim-token.update': { input: ({ scimTokenId }) => ({ id: scimTokenId, rehearses: true }) },
  'scim-token.rotate': { input: ({ scimTokenId }) => ({ id: scimTokenId, overlapHours: 1 }) },
  'scim-token.delete': { input: ({ scimTokenId }) => ({ id: scimTokenId }) },
  'provisioning-mapping.create': { input: ({ directoryId }) => ({ directoryId, value: 'Operators', role: 'viewer' }) },
  'provisioning-mapping.update': { input: ({ mappingId }) => ({ id: mappingId, priority: 7 }) },
  'provisioning-mapping.delete': { input: ({ mappingId }) => ({ id: mappingId }) },
  'invitation.create': { input: ({ org }) => ({ emails: [`newcomer@${org.slug}.test`] }) },
  'invitation.resend': { input: ({ invitationId }) => ({ id: invitationId }) },
  'invitation.revoke': { input: ({ invitationId }) => ({ id: invitationId }) },
  'invitation.copy-link': { input: ({ invitationId }) => ({ id: invitationId }) },
  'group.create': { input: () => ({ name: 'Analysts' }) },
  'group.update': { input: ({ groupId }) => ({ id: groupId, name: 'Watch' }) },
  'group.delete': { input: ({ groupId }) => ({ id: groupId }) },
  'group.add-members': { input: ({ groupId, member }) => ({ id: groupId, userIds: [member.id] }) },
  'group.remove-members': { input: ({ groupId, suspended }) => ({ id: groupId, userIds: [suspended.id] }) },
  'policy.save': { input: ({ groupId }) => ({ groupId, text: PERMIT }) },
  'policy.restore': { input: ({ groupId }) => ({ groupId, version: 1 }) },
  'policy.set-tests': { input: (world) => ({ groupId: world.groupId, tests: [policyTest(world)] }) },
  'guardrail.save': { input: () => ({ text: FORBID }) },
  'guardrail.restore': { input: () => ({ version: 1 }) },
  'guardrail.set-tests': { input: () => ({ tests: [{ principalId: 'usr_', action: 'cluster:view', resource: { type: 'cluster', id: 'x' }, isAllowed: true }] }) },
  'mail.read': { input: ({ mailId }) => ({ id: mailId }) },
  'mail.retry': { input: ({ mailId }) => ({ id: mailId }) },
  'role.create': { input: () => ({ name: 'Log readers', permissions: ['gatehouse/audit:read'] }) },
  'role.update': { input: ({ roleId }) => ({ id: roleId, permissions: ['gatehouse/role:read'] }) },
  'role.delete': { input: ({ roleId }) => ({ id: roleId }) },
  'assignment.create': { input: ({ member }) => ({ principal: { type: 'user', id: member.id }, role: 'viewer' }) },
  'assignment.update': { input: ({ assignmentId }) => ({ id: assignmentId, expiresAt: '2999-01-01T00:00:00Z' }) },
  'assignment.delete': { input: ({ assignmentId }) => ({ id: assignmentId }) },
  'api-key.create': { input: () => ({ name: 'a key' }) },
  'api-key.issue': { input: ({ member }) => ({ email: member.email, name: 'a key' }), by: () => commandActor },
  'api-key.update': { input: ({ key }) => ({ id: key.id, name: 'another name' }) },
  'api-key.rotate': { input: ({ key }) => ({ id: key.id, overlapHours: 24 }), by: ({ member }) => member.actor },
  'api-key.export': { input: () => ({}) },
  'api-key.revoke': { input: ({ key }) => ({ id: key.id }) },
  'resource.create': { input: ({ folderId }) => ({ type: 'folder', name: 'inside', parent: folderId }) },
  'resource.update': { input: ({ folderId }) => ({ id: folderId, name: 'renamed' }) },
  'resource.move': { input: ({ clusterId, folderId }) => ({ id: clusterId, parent: folderId }) },
  'resource.delete': { input: ({ folderId }) => ({ id: folderId }) },
  'service-account.create': { input: () => ({ name: 'another', roles: [{ role: 'viewer' }] }) },
  'service-account.update': { input: ({ serviceAccountId }) => ({ id: serviceAccountId, name: 'renamed' }) },
  'service-account.delete': { input: ({ serviceAccountId }) => ({ id: serviceAccountId }) },
  'service-account-key.create': { input: ({ serviceAccountId }) => ({ serviceAccountId, name: 'a key' }) },
  'service-account-key.update': { input: ({ serviceAccountId, accountKeyId }) => ({ serviceAccountId, id: accountKeyId, name: 'another name' }) },
  'service-account-key.rotate': { input: ({ serviceAccountId, accountKeyId }) => ({ serviceAccountId, id: accountKeyId, overlapHours: 1 }) },
  'service-account-key.revoke': { input: ({ serviceAccountId, accountKeyId }) => ({ serviceAccountId, id: accountKeyId }) },
  'trusted-issuer.create': { input: ({ serviceAccountId }) => ({ serviceAccountId, name: 'another', issuer: 'https://ci.example', conditions: [{ claim: 'sub', operator: 'glob', values: ['repo:acme/*'] }] }) },
  'trusted-issuer.update': { input: ({ serviceAccountId, trustedIssuerId }) => ({ serviceAccountId, id: trustedIssuerId, audience: 'https://us.example' }) },
  'trusted-issuer.delete': { input: ({ serviceAccountId, trustedIssuerId }) => ({ serviceAccountId, id: trustedIssuerId }) },
  'connection.create': { input: () => ({ kind: 'okta', name: 'Okta', issuer: 'https://okta.example.test', clientId: 'client', clientSecret: 'a secret' }) },
  'connection.update': { input: ({ samlConnectionId }) => ({ id: samlConnectionId, name: 'Renamed' }) },
  'connection.enable': { input: ({ testedConnectionId }) => ({ id: testedConnectionId }) },
  'connection.disable': { input: ({ samlConnectionId }) => ({ id: samlConnectionId }) },
  'connection.delete': { input: ({ samlConnectionId }) => ({ id: samlConnectionId }) },
  'connection.set-mappings': { input: ({ samlConnectionId }) => ({ id: samlConnectionId, mappings: [{ group: 'ops', role: 'viewer' }] }) },
  'domain.add': { input: () => ({ domain: 'added.example' }) },
  'domain.verify': { input: ({ domainId }) => ({ id: domainId }) },
  'domain.remove': { input: ({ domainId }) => ({ id: domainId }) },
  'sign-in-policy.update': { input: () => ({ ssoOnly: false, autoprovision: true }) },
  'break-glass.add-holder': { input: ({ org }) => ({ userId: org.admin.id }) },
  'break-glass.remove-holder': { input: ({ org }) => ({ userId: org.admin.id }), prepare: chooseHolder },
  'break-glass.make-codes': { input: () => ({}), prepare: chooseHolder },
  'connection.set-metadata': { input: ({ samlConnectionId }) => ({ id: samlConnectionId, xml: SAMPLE_METADATA }) },
  'connection.set-requirements': { input: ({ samlConnectionId }) => ({ id: samlConnectionId, signedParts: 'both' }) },
  'connection.make-certificate': { input: ({ bareSamlConnectionId }) => ({ id: bareSamlConnectionId }) },
  'connection.switch-certificate': { input: ({ samlConnectionId }) => ({ id: samlConnectionId }) },
  'connection.remove-certificate': { input: ({ samlConnectionId }) => ({ id: samlConnectionId }) },
  'token.create': { input: () => ({ role: 'viewer' }) },
  'token.update': { input: ({ tokenId }) => ({ id: tokenId, description: 'another' }) },
  'token.rotate': { input: ({ tokenId }) => ({ id: tokenId, overlapHours: 1 }) },
  'token.delete': { input: ({ tokenId }) => ({ id: tokenId }) },
  'session-policy.update': { input: () => ({ lifetimeMinutes: 720 }) },
  'credential-policy.update': { input: () => ({ maxLifetimeDays: 365 }) },
  'allowlist.update': { input: () => ({ mode: 'report' }) },
  'allowlist.import': { input: () => ({ csv: '198.51.100.0/24,Office' }) },
  'allowlist.tidy': { input: () => ({}) },
  'allowlist.confirm': { input: () => ({}), prepare: waitForConfirmation, address: '203.0.113.7' },
  'allowlist.revert': { input: () => ({}), prepare: waitForConfirmation, address: '203.0.113.7' },
  'allowlist.disable': { input: () => ({}), by: () => commandActor },
  'allowlist-entry.create': { input: () => ({ cidr: '198.51.100.7' }) },
  'allowlist-entry.update': { input: ({ allowlistEntryId }) => ({ id: allowlistEntryId, description: 'Office' }) },
  'allowlist-entry.delete': { input: ({ allowlistEntryId }) => ({ id: allowlistEntryId }) },
  'audit.export': { input: () => ({ format: 'csv' }) },
  'audit.verify': { input: () => ({ result: { state: 'intact', count: 1, head: '', problems: 0 } }) },
}
