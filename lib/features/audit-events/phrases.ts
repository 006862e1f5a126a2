/**
 * How an event is told. `title` names it in filters; `did` goes after the actor ("ops@… suspended
 * m.dev@…"), `to` after "could not" and "was not permitted to".
 *
 * In them `{user}`, `{role}` and so on are the names of the targets of that type, `{after.name}` a
 * value; `{user|a user}` says what stands there when it is empty, and `[ … ]` is left out then.
 */
export type Phrase = { title: string; did: string; to: string }

/** Every event that anything in Gatehouse writes. A test compares it with what is declared. */
export const PHRASES = {
  'organization.create': { title: 'Create organization', did: 'created the organization {organization|}', to: 'create the organization' },
  'organization.rename': { title: 'Rename organization', did: 'renamed the organization[ from {before.name}][ to {after.name}]', to: 'rename the organization' },
  'organization.leave': { title: 'Leave organization', did: 'left the organization', to: 'leave the organization' },
  'organization.seed': { title: 'Add made-up members', did: 'added {detail.members|some} made-up members', to: 'add made-up members' },
  'access-model.save': { title: 'Save access model', did: 'put version {after.version} of the access model {access_model|} in force', to: 'change the access model' },
  'member.suspend': { title: 'Suspend user', did: 'suspended {user|a user}', to: 'suspend {user|a user}' },
  'member.resume': { title: 'Resume user', did: 'resumed {user|a user}', to: 'resume {user|a user}' },
  'member.remove': { title: 'Remove user', did: 'removed {user|a user} from the organization', to: 'remove {user|a user}' },
  'member.set-roles': { title: 'Change user’s roles', did: 'changed the roles of {user|a user}[ to {after.roles}]', to: 'change the roles of {user|a user}' },
  'member.password-reset': { title: 'Send password reset', did: 'sent {user|a user} a link to reset the password', to: 'send {user|a user} a link to reset the password' },
  'member.export': { title: 'Export users', did: 'exported the list of users', to: 'export the list of users' },
  'member.end-sessions': { title: 'End user’s sessions', did: 'ended {detail.ended|all} sessions of {user|a user}', to: 'end the sessions of {user|a user}' },
  'invitation.create': { title: 'Invite user', did: 'invited {user|a user}[ as {after.roles}]', to: 'invite {user|users}' },
  'invitation.resend': { title: 'Resend invitation', did: 'sent the invitation of {user|a user} again', to: 'send the invitation of {user|a user} again' },
  'invitation.revoke': { title: 'Revoke invitation', did: 'revoked the invitation of {user|a user}', to: 'revoke the invitation of {user|a user}' },
  'invitation.copy-link': { title: 'Copy invitation link', did: 'took the invitation link of {user|a user}', to: 'take the invitation link of {user|a user}' },
  'invitation.accept': { title: 'Accept invitation', did: 'accepted the invitation', to: 'accept the invitation' },
  'invitation.decline': { title: 'Decline invitation', did: 'declined the invitation', to: 'decline the invitation' },
  'group.create': { title: 'Create group', did: 'created the group {group|}', to: 'create a group' },
  'group.update': { title: 'Change group', did: 'changed the group {group|}[ to {after.name}]', to: 'change the group {group|}' },
  'group.delete': { title: 'Delete group', did: 'deleted the group {group|}', to: 'delete a group' },
  'group.add-members': { title: 'Add to group', did: 'added {detail.people|people} to the group {group|}', to: 'add people to a group' },
  'group.remove-members': { title: 'Remove from group', did: 'removed {detail.people|people} from the group {group|}', to: 'remove people from a group' },
  'policy.save': { title: 'Save policy', did: 'saved the policy of {group|a group}[ as version {after.version}]', to: 'save the policy of {group|a group}' },
  'policy.restore': { title: 'Restore policy', did: 'restored an earlier policy of {group|a group}[ as version {after.version}]', to: 'restore an earlier policy of {group|a group}' },
  'policy.set-tests': { title: 'Change tests of a policy', did: 'changed the tests of the policy of {group|a group}', to: 'change the tests of the policy of {group|a group}' },
  'guardrail.save': { title: 'Save guardrails', did: 'saved the guardrails[ as version {after.version}]', to: 'save the guardrails' },
  'guardrail.restore': { title: 'Restore guardrails', did: 'restored earlier guardrails[ as version {after.version}]', to: 'restore earlier guardrails' },
  'guardrail.set-tests': { title: 'Change tests of guardrails', did: 'changed the tests of the guardrails', to: 'change the tests of the guardrails' },
  'session.open': { title: 'Sign in', did: 'signed in[ with {detail.method}]', to: 'sign in[ with {detail.method}]' },
  'session.end': { title: 'End own session', did: 'ended a session of their own', to: 'end a session of their own' },
  'session.end-all': { title: 'End own other sessions', did: 'ended {detail.ended|all} other sessions of their own', to: 'end other sessions of their own' },
  'account.rename': { title: 'Change own name', did: 'changed their name[ from {before.name}][ to {after.name}]', to: 'change their name' },
  'account.request-email-change': { title: 'Ask to change own e-mail address', did: 'asked to change their e-mail address[ to {after.email}]', to: 'ask to change their e-mail address' },
  'account.change-email': { title: 'Change own e-mail address', did: 'changed their e-mail address[ from {before.email}][ to {after.email}]', to: 'change their e-mail address' },
  'password.change': { title: 'Change own password', did: 'changed their password', to: 'change their password' },
  'password.request-reset': { title: 'Ask for password reset', did: 'asked for a link to reset their password', to: 'ask for a link to reset their password' },
  'password.reset': { title: 'Reset own password', did: 'reset their password by a mailed link', to: 'reset their password' },
  'role.create': { title: 'Create role', did: 'created the role {role|}', to: 'create a role' },
  'role.update': { title: 'Edit role', did: 'changed the role {role|}[, named {before.name} before]', to: 'change a role' },
  'role.delete': { title: 'Delete role', did: 'deleted the role {before.name|}[ and gave its holders {detail.replacement}]', to: 'delete a role' },
  'api-key.create': { title: 'Create own API key', did: 'created the API key {api_key|}', to: 'create an API key' },
  'api-key.issue': { title: 'Issue API key', did: 'issued the API key {api_key|}[ to {user}]', to: 'issue an API key[ to {user}]' },
  'api-key.update': { title: 'Change API key', did: 'changed the API key {api_key|}[ of {user}]', to: 'change an API key' },
  'api-key.suspend': { title: 'Suspend API key', did: 'suspended the API key {api_key|}[ of {user}]', to: 'suspend an API key' },
  'api-key.resume': { title: 'Resume API key', did: 'resumed the API key {api_key|}[ of {user}]', to: 'resume an API key' },
  'api-key.rotate': { title: 'Rotate API key', did: 'rotated the API key {api_key|}', to: 'rotate an API key' },
  'api-key.revoke': { title: 'Revoke API key', did: 'revoked the API key {api_key|}[ of {user}]', to: 'revoke an API key' },
  'resource.create': { title: 'Create resource', did: 'created the {detail.kind|resource} {after.name}[ in {after.parent}]', to: 'create a resource' },
  'resource.update': { title: 'Change resource', did: 'changed the {detail.kind|resource} {before.name}[ to {after.name}]', to: 'change a resource' },
  'resource.move': { title: 'Move resource', did: 'moved the {detail.kind|resource} {detail.name|}[ from {before.parent}][ to {after.parent}]', to: 'move a resource' },
  'resource.delete': { title: 'Delete resource', did: 'deleted the {detail.kind|resource} {before.name}[ in {before.parent}]', to: 'delete a resource' },
  'assignment.create': { title: 'Give role', did: 'gave {role|a role}[ to {user}][ to the group {group}][ to the service account {service_account}][ in {after.scope}][ until {after.expiresAt}]', to: 'give a role' },
  'assignment.update': { title: 'Change end of role', did: 'changed how long {role|a role} is held[ by {user}][ by the group {group}][ by the service account {service_account}][ in {after.scope}][ to {after.expiresAt}]', to: 'change how long a role is held' },
  'assignment.delete': { title: 'Take role away', did: 'took {role|a role} away[ from {user}][ from the group {group}][ from the service account {service_account}][ in {before.scope}]', to: 'take a role away' },
  'mail.read': { title: 'Read mail in outbox', did: 'read a mail in the outbox[ for {mail}]', to: 'read a mail in the outbox' },
  'mail.retry': { title: 'Send mail again', did: 'sent a mail in the outbox again[ to {mail}]', to: 'send a mail in the outbox again' },
  'audit.read': { title: 'Read audit log', did: 'read the audit log', to: 'read the audit log' },
  'audit.export': { title: 'Export audit log', did: 'exported the audit log[ as {detail.format}]', to: 'export the audit log' },
  'audit.verify': { title: 'Verify audit log', did: 'verified the audit log[ and found it {detail.state}]', to: 'verify the audit log' },
} as const satisfies Record<string, Phrase>

export type KnownEvent = keyof typeof PHRASES

export const isKnownEvent = (event: string): event is KnownEvent => Object.hasOwn(PHRASES, event)
