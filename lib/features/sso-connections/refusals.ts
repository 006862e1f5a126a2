import { samlRefusalIn, samlSentence, type SamlSignInRefusal } from '@/lib/sso/saml/refusals'

/**
 * Why a sign-in through an identity provider was refused: the closed set. `told` is shown to the person, who may be a
 * stranger; the log names the reason itself. It reads on after "Signing in through X did not work."
 */
export const SIGN_IN_REFUSALS = {
  'connection-off': 'This connection is not enabled.',
  'provider-refused': 'The identity provider refused or the sign-in was cancelled there.',
  'provider-unreachable': 'The identity provider could not be reached or answered with something unexpected.',
  'state-missing': 'The answer does not belong to a sign-in that began here. Begin again from this page.',
  'state-unknown': 'The sign-in took too long, or did not begin here. Begin again from this page.',
  'state-used': 'This sign-in was completed already. Begin again from this page.',
  'other-browser': 'The sign-in began in another browser. Begin and end it in the same one.',
  'issuer-mismatch': 'The answer came from another identity provider than the one that was asked.',
  'code-refused': 'The identity provider did not accept the code it had given. Begin again from this page.',
  'nonce-mismatch': 'The answer belongs to another sign-in. Begin again from this page.',
  'wrong-audience': 'The answer was meant for another application.',
  'token-expired': 'The answer is too old. Check the clock of the identity provider, then begin again.',
  'signature-invalid': 'The answer is not signed by the identity provider.',
  'token-invalid': 'The answer of the identity provider does not hold what a sign-in needs.',
  'subject-missing': 'The identity provider did not say who you are.',
  'email-missing': 'The identity provider did not send an e-mail address.',
  'email-unverified': 'The identity provider has not verified your e-mail address.',
  'domain-unverified': 'Your e-mail address is outside the domains this connection may speak for.',
  'domain-not-allowed': 'Your e-mail address is outside the domains this connection may speak for.',
  'not-a-member': 'You are not a member of the organization yet. Ask one of its administrators for an invitation.',
  'invitation-expired': 'Your invitation has expired. Ask an administrator of the organization for a new one.',
  suspended: 'Your membership in the organization is suspended. Ask one of its administrators.',
  'identity-conflict': 'Your account at the identity provider belongs to another user of the organization. Ask one of its administrators.',
  'account-unknown': 'There is no account and no invitation with your e-mail address. Ask an administrator of your organization for an invitation.',
  'linked-otherwise': 'Your account belongs to another user of this provider. Sign in with that one, or with your password.',
  'linked-elsewhere': 'This user of the provider opens another account here already. Sign in to that account and unlink it there first.',
  unlinked: 'This provider was unlinked from your account. Sign in in another way, and link it again on the Security page of your account.',
  'sso-required': 'Your organization is entered through its own identity provider only. Enter your e-mail address, then continue with that.',
  'not-again': 'The identity provider did not ask again who you are, or does not say when it did. Sign out there and try again, or confirm it in another way.',
  'other-person': 'The identity provider named somebody else than who is signed in here.',
  'member-limit': 'The organization has reached its limit of users. Ask one of its administrators.',
} as const satisfies Record<string, string>

type CommonRefusal = keyof typeof SIGN_IN_REFUSALS

/** What SAML refuses has its own closed set, each reason under `saml-…`. */
export type SignInRefusal = CommonRefusal | SamlSignInRefusal

const isCommon = (word: string): word is CommonRefusal => Object.hasOwn(SIGN_IN_REFUSALS, word)

export const isSignInRefusal = (word: string | undefined): word is SignInRefusal => word !== undefined && (isCommon(word) || samlRefusalIn(word) !== null)

/** The sentence for a reason. */
export function refusalSentence(reason: SignInRefusal): string {
  if (isCommon(reason)) return SIGN_IN_REFUSALS[reason]
  const code = samlRefusalIn(reason)
  return code === null ? '' : samlSentence(code)
}
