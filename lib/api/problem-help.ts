import type { ErrorCode } from '@/lib/errors'

/** What an error means, why it comes, and what to do about it: the text of its page. */
export type ProblemHelp = { meaning: string; causes: readonly string[]; remedy: string }

export const PROBLEM_HELP: Readonly<Record<ErrorCode, ProblemHelp>> = {
  'malformed-request': {
    meaning: 'The request could not be read, so nothing of it was done.',
    causes: ['The body is empty or is not JSON.', 'An `Idempotency-Key` is not 1 to 255 visible ASCII characters.', 'A proxy in front sent no usable client address.'],
    remedy: 'Send a JSON object as the reference shows it. `detail` says where reading stopped.',
  },
  unauthenticated: {
    meaning: 'Gatehouse does not know who is asking.',
    causes: ['No `Authorization` header was sent; cookies do not count for the API.', 'A character of the key is missing or changed.', 'The key was revoked or has expired.', 'The key’s owner is suspended or has left the organization.'],
    remedy: 'Send `Authorization: Bearer <API key>`. `detail` and the `WWW-Authenticate` header say what is wrong with the one that was sent. In the console, sign in again.',
  },
  'wrong-password': {
    meaning: 'The e-mail address or the password is wrong. Which of them, Gatehouse does not tell.',
    causes: ['A typing mistake.', 'The address has no account, or signs in through an identity provider.'],
    remedy: 'Try again, or reset the password.',
  },
  'wrong-second-factor': {
    meaning: 'The code or the passkey did not prove who you are.',
    causes: ['A typing mistake.', 'A code was used already: each works once.', 'The clock of the device that shows codes is wrong by more than half a minute.', 'The passkey belongs to another account, or is a copy.'],
    remedy: 'Wait for the next code and try again, or use another of your second factors or a recovery code.',
  },
  forbidden: {
    meaning: 'You are known, and you lack a permission.',
    causes: ['None of your roles carries the permission named in `permission`, at the scope named in `scope`.', 'A role of yours carries it and does not count here: it has ended, or is held elsewhere. `near` names such roles and says why, in `outcome`.', 'You tried to give a role that permits more than you may do yourself.'],
    remedy: 'Ask one of the people in `grantors` for a role that carries it; `roles` names some, the least powerful first. Who may ask for decisions finds the whole explanation at `explain`. A refused change is in the audit log, with the id in `instance`.',
  },
  'confirmation-required': {
    meaning: 'What you are about to do is dangerous, so Gatehouse wants to know once more that it is you.',
    causes: ['Nobody has proven for ten minutes that the person at this browser is the one who signed in.'],
    remedy: 'Confirm with your second factor, or with your password where you have none; then do it again. The console asks by itself and goes on. Keys are never asked.',
  },
  'second-factor-required': {
    meaning: 'The organization lets in only sessions that have shown a second factor.',
    causes: ['You have none yet.', 'This browser was signed in before you had one.'],
    remedy: 'Open the organization in the console, which leads through it. Keys are not asked for a second factor.',
  },
  'sso-required': {
    meaning: 'The organization has switched on SSO-only: a browser session must come from one of its own connections.',
    causes: ['The session was opened with a password, or through another provider.', 'The connection that opened the session was switched off.'],
    remedy: 'Sign in through the identity provider of the organization. API keys and tokens are never affected.',
  },
  'session-elsewhere': {
    meaning: 'A session that came through an organization’s identity provider opens that organization only.',
    causes: ['Another organization of the same person was opened in that session.'],
    remedy: 'Sign in again, with a password or through the other organization’s connection.',
  },
  'address-not-allowed': {
    meaning: 'The organization can be reached from the addresses on its IP allowlist only, and yours is not one of them.',
    causes: ['You are on another network than usual: at home, on a phone, behind a VPN that is off or on.', 'Your entry on the list has ended, or does not open this surface (console or API).', 'A proxy in front of Gatehouse is not named in `GATEHOUSE_TRUSTED_PROXIES`, so that everybody seems to come from it.'],
    remedy: 'Come from a listed address, or give an administrator the address that `detail` names. When nobody can get in any more, whoever has a shell on the server runs `npm run gatehouse -- allowlist disable --org SLUG`.',
  },
  'wrong-origin': {
    meaning: 'A browser sent a change from a page of another site, so it was refused.',
    causes: ['The page belongs to another address than `GATEHOUSE_URL`.', 'A proxy in front changes or drops the `Origin` header.'],
    remedy: 'Open the console at its own address. Programs use the API with a key instead.',
  },
  'not-found': {
    meaning: 'What was asked for does not exist here.',
    causes: ['The address or an id in it is wrong.', 'It was deleted meanwhile.', 'It belongs to another organization than the credential: that looks the same on purpose.'],
    remedy: 'Check the id, and that the key is one of the right organization (`GET /api/v1/whoami`).',
  },
  managed: {
    meaning: 'A directory decides about this over SCIM, so a change here would be undone by its next sync.',
    causes: ['A user or a group was brought or taken over by an identity provider; `detail` names it.', 'A role comes from a mapping of a directory’s group.'],
    remedy: 'Change it at the identity provider. To decide about it here again, release it: Settings, Provisioning, or `POST /api/v1/users/{id}/release` and `POST /api/v1/groups/{id}/release`.',
  },
  'link-invalid': {
    meaning: 'A link from a mail does not work any more.',
    causes: ['It was used already; each works once.', 'It has expired.', 'A newer one was sent, or it was taken back.', 'Part of the address was lost on the way.'],
    remedy: 'Ask for a new one: a reset link at the sign-in page, an invitation from whoever invited you.',
  },
  'method-not-allowed': {
    meaning: 'The address exists and does not take this method.',
    causes: ['For example a PUT where PATCH is meant.'],
    remedy: 'Use one of the methods in the `Allow` header.',
  },
  conflict: {
    meaning: 'The change does not fit what is there now.',
    causes: ['Somebody changed the same thing at the same moment.', 'Something still refers to what was to be deleted.', 'The state does not allow it, such as suspending somebody who has not accepted yet.'],
    remedy: 'Read `detail`, look at the present state, and decide again.',
  },
  'already-exists': {
    meaning: 'Something with this name or address exists already.',
    causes: ['The address of an organization is taken.', 'The person is a member or invited.'],
    remedy: 'Choose another name, or use what is there.',
  },
  'last-administrator': {
    meaning: 'The change would have left the organization without an administrator, so it was refused.',
    causes: ['The last active administrator would be removed, suspended or demoted. Invitations that nobody has accepted do not count, nor do roles that end.'],
    remedy: 'Make somebody else an administrator first.',
  },
  'allowlist-lockout': {
    meaning: 'With this change your own address could no longer reach the organization, so it was not made.',
    causes: ['The list is or would be enforced, and no entry of it covers the address you come from, on the surface you use (console or API).', 'The entry that covers you would be deleted, or would end now.'],
    remedy: 'Add your own address first. If you mean it, send the same with `confirmLockout` set to true: the change then counts as taken back after five minutes, unless somebody confirms it from an address that is listed.',
  },
  'policy-tests-fail': {
    meaning: 'The policy was not saved, because a test kept with it came out differently than expected.',
    causes: ['A statement was changed that a test relies on.', 'A test names somebody or something that is no longer there.'],
    remedy: 'Mend the text or the test; or send `overrideReason` with a sentence that says why it is saved nevertheless, which the history keeps.',
  },
  'idempotency-conflict': {
    meaning: 'An `Idempotency-Key` stands for one request, and this is another one.',
    causes: ['The key was used in the last 24 hours with another method, address or body.', 'The first request with this key is still under way.'],
    remedy: 'Use a new key for a new request; to repeat one, send exactly the same.',
  },
  'secret-already-shown': {
    meaning: 'The first request with this `Idempotency-Key` was done, and its answer held a secret. Secrets are shown once and kept nowhere.',
    causes: ['The answer was lost on the way and the request was repeated.'],
    remedy: 'If the secret is lost, revoke what `id` names and make a new one with a new key.',
  },
  'limit-reached': {
    meaning: 'The organization has reached a limit.',
    causes: ['It may have only so many members and pending invitations.'],
    remedy: 'Remove what is not needed any more, or have the limit raised by whoever runs this installation.',
  },
  'precondition-failed': {
    meaning: 'Somebody changed the resource after you read it, so your change was not made.',
    causes: ['The `ETag` in `If-Match` is not that of the present version.'],
    remedy: 'Read the resource again, apply the change to what it is now, and send the new `ETag`.',
  },
  'too-large': {
    meaning: 'The request is larger than is accepted.',
    causes: ['A body over 1 MiB; an import into the IP allowlist may have 16.'],
    remedy: 'Split it into several requests.',
  },
  'unsupported-media-type': {
    meaning: 'The body is not of a type that is understood here.',
    causes: ['`Content-Type` is missing or is not `application/json`.'],
    remedy: 'Send JSON with `Content-Type: application/json`.',
  },
  'wrong-host': {
    meaning: 'The request was meant for another address than the one Gatehouse is served at.',
    causes: ['The `Host` header is not that of `GATEHOUSE_URL`.', 'A proxy in front changes it.'],
    remedy: 'Use the address of the installation, or set `GATEHOUSE_URL` to the one people use.',
  },
  'invalid-input': {
    meaning: 'The request was read, and some of it is not as it has to be. Nothing was done.',
    causes: ['A field is missing, has the wrong form, or is not known: unknown fields are refused, never ignored.', 'A cursor was used with other filters or another sort than the list it came from.'],
    remedy: '`errors` names each field by `pointer` (in the body) or `parameter` (in the address) and says what is wrong with it.',
  },
  'too-many-requests': {
    meaning: 'Too many requests came in a short time.',
    causes: ['The credential used up its limit; `RateLimit-Policy` tells it.', 'Too many attempts to sign in, to reset a password, or with wrong credentials came from one address.'],
    remedy: 'Wait as many seconds as `Retry-After` says. `RateLimit` tells how much is left.',
  },
  internal: {
    meaning: 'Something went wrong on our side.',
    causes: ['A fault in Gatehouse. It was logged.'],
    remedy: 'Give the id in `instance` to whoever runs this installation: the log knows more under it.',
  },
  unavailable: {
    meaning: 'Gatehouse runs and cannot reach its database at the moment. What was acknowledged before is not lost.',
    causes: ['The database restarts or the connection to it is cut.', 'The server is shutting down.'],
    remedy: 'Try again after as many seconds as `Retry-After` says. With an `Idempotency-Key`, repeating a POST is harmless.',
  },
}
