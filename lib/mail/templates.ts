import { z } from 'zod'
import type { Tx } from '@/lib/db'
import { absoluteUrl } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { invitationLink, oneTimeLinkUrl } from '@/lib/links'
import { CredentialFound, CredentialsEnding, credentialFoundLetter, credentialsEndingLetter } from './credential-letters'
import { renderLetter, type Letter } from './letter'
import { CertificatesEnding, certificatesEndingLetter, DomainRecordMissing, domainMissingLetter } from './sign-in-letters'

/** What each mail needs to be rendered. Ids and names only: links are derived at the moment of sending. */
export const TEMPLATES = {
  invitation: z.object({ membershipId: z.string(), organizationId: z.string(), organization: z.string(), inviter: z.string(), roles: z.array(z.string()), message: z.string().default(''), expiresAt: z.string() }),
  'password-reset': z.object({ linkId: z.string() }),
  'password-changed': z.object({ at: z.string() }),
  'email-change': z.object({ linkId: z.string(), newEmail: z.string() }),
  'email-changed': z.object({ newEmail: z.string() }),
  'second-factor-changed': z.object({ what: z.string(), at: z.string() }),
  'certificates-ending': CertificatesEnding,
  'domain-record-missing': DomainRecordMissing,
  'provider-linked': z.object({ provider: z.string(), at: z.string() }),
  'provider-unlinked': z.object({ provider: z.string(), at: z.string() }),
  'recovery-code-used': z.object({ left: z.number(), at: z.string() }),
  'break-glass-used': z.object({ organization: z.string(), slug: z.string(), email: z.string(), address: z.string(), left: z.number(), at: z.string() }),
  'organization-created': z.object({ organization: z.string(), slug: z.string(), creator: z.string() }),
  'credentials-ending': CredentialsEnding,
  'credential-found': CredentialFound,
  'last-administrator-kept': z.object({ organization: z.string(), slug: z.string(), directory: z.string(), attempted: z.string() }),
} as const

export type TemplateName = keyof typeof TEMPLATES
export type TemplateParams<T extends TemplateName> = z.infer<(typeof TEMPLATES)[T]>

const isTemplate = (name: string): name is TemplateName => Object.hasOwn(TEMPLATES, name)
const dateOf = (iso: string): string => new Date(iso).toUTCString()

async function invitation(tx: Tx, params: TemplateParams<'invitation'>): Promise<Letter> {
  const { membershipId: id, organizationId } = params
  const membership = await tx.membership.findUnique({ where: { organizationId_id: { organizationId, id } }, select: { id: true, invitationNonce: true, status: true } })
  if (membership?.status !== 'invited') throw new AppError('link-invalid', 'the invitation was accepted or revoked meanwhile')
  return invitationLetter(params, invitationLink(membership))
}

/** The invitation as its reader sees it; also the preview in the invite dialog. */
export function invitationLetter(params: Omit<TemplateParams<'invitation'>, 'membershipId' | 'organizationId'>, url: string): Letter {
  const { organization, inviter, roles, message, expiresAt } = params
  return renderLetter({
    subject: `Join ${organization} on Gatehouse`,
    heading: `${inviter} invited you to ${organization}`,
    paragraphs: [
      ...(message ? [message] : []),
      roles.length > 0 ? `You will hold: ${roles.join(', ')}.` : 'You will join as a member.',
      `The invitation works once, until ${dateOf(expiresAt)}.`,
    ],
    button: { label: 'Accept invitation', url },
    footnote: 'If you did not expect this, you can ignore it: nothing happens until you accept.',
  })
}

type Renderer = (tx: Tx, raw: unknown) => Letter | Promise<Letter>

/** Reads stored params with their schema before rendering. */
const rendererOf = <S extends z.ZodType>(schema: S, render: (tx: Tx, params: z.output<S>) => Letter | Promise<Letter>): Renderer =>
  (tx, raw) => render(tx, schema.parse(raw))

const RENDER: Readonly<Record<TemplateName, Renderer>> = {
  invitation: rendererOf(TEMPLATES.invitation, invitation),
  'password-reset': rendererOf(TEMPLATES['password-reset'], (_tx, { linkId }) => renderLetter({
    subject: 'Reset your Gatehouse password', heading: 'Choose a new password',
    paragraphs: ['Somebody, hopefully you, asked to reset the password of this address. The link works once, for one hour.'],
    button: { label: 'Choose a new password', url: oneTimeLinkUrl('password-reset', linkId) },
    footnote: 'If it was not you, ignore this mail: your password stays as it is.',
  })),
  'password-changed': rendererOf(TEMPLATES['password-changed'], (_tx, { at }) => renderLetter({
    subject: 'Your Gatehouse password was changed', heading: 'Your password was changed',
    paragraphs: [`It was changed at ${dateOf(at)}, and all other sessions were ended. If it was not you, reset it at once and tell your administrator.`],
    button: { label: 'Reset password', url: absoluteUrl('/forgot-password') },
  })),
  'email-change': rendererOf(TEMPLATES['email-change'], (_tx, { linkId, newEmail }) => renderLetter({
    subject: 'Confirm your new e-mail address', heading: 'Confirm your new address',
    paragraphs: [`Your Gatehouse account is to use ${newEmail} from now on. The link works once, for one hour.`],
    button: { label: 'Confirm address', url: oneTimeLinkUrl('email-change', linkId) },
  })),
  'email-changed': rendererOf(TEMPLATES['email-changed'], (_tx, { newEmail }) => renderLetter({
    subject: 'Your Gatehouse e-mail address was changed', heading: 'Your address was changed',
    paragraphs: [`Your account now signs in as ${newEmail}. If it was not you, tell your administrator at once.`],
  })),
  'second-factor-changed': rendererOf(TEMPLATES['second-factor-changed'], (_tx, { what, at }) => renderLetter({
    subject: 'Your Gatehouse second factor was changed', heading: 'Your second factor was changed',
    paragraphs: [`${what} This was at ${dateOf(at)}.`, 'If it was not you, change your password at once and tell your administrator.'],
    button: { label: 'Open security settings', url: absoluteUrl('/security') },
  })),
  'certificates-ending': rendererOf(CertificatesEnding, (_tx, params) => certificatesEndingLetter(params)),
  'domain-record-missing': rendererOf(DomainRecordMissing, (_tx, params) => domainMissingLetter(params)),
  'provider-linked': rendererOf(TEMPLATES['provider-linked'], (_tx, { provider, at }) => renderLetter({
    subject: `${provider} now opens your Gatehouse account`, heading: `${provider} now opens your account`,
    paragraphs: [`Somebody, hopefully you, signed in with ${provider} at ${dateOf(at)}, and it opens your Gatehouse account from now on. You can unlink it on the Security page of your account.`, 'If it was not you, secure your account there, change your password here, and tell your administrator.'],
    button: { label: 'Open security settings', url: absoluteUrl('/security') },
  })),
  'provider-unlinked': rendererOf(TEMPLATES['provider-unlinked'], (_tx, { provider, at }) => renderLetter({
    subject: `${provider} no longer opens your Gatehouse account`, heading: `${provider} no longer opens your account`,
    paragraphs: [`It was unlinked at ${dateOf(at)}, and sessions that it had opened have ended. You can link it again on the Security page of your account.`, 'If it was not you, change your password at once and tell your administrator.'],
    button: { label: 'Open security settings', url: absoluteUrl('/security') },
  })),
  'recovery-code-used': rendererOf(TEMPLATES['recovery-code-used'], (_tx, { left, at }) => renderLetter({
    subject: 'A recovery code opened your Gatehouse account', heading: 'A recovery code was used',
    paragraphs: [`It was used at ${dateOf(at)}; ${left === 0 ? 'none is left' : left === 1 ? 'one is left' : `${left} are left`}.`, 'If it was not you, change your password at once and tell your administrator.'],
    button: { label: 'Open security settings', url: absoluteUrl('/security') },
  })),
  'break-glass-used': rendererOf(TEMPLATES['break-glass-used'], (_tx, { organization, slug, email, address, left, at }) => renderLetter({
    subject: `A break-glass code opened the SSO settings of ${organization}`, heading: 'A break-glass code was used',
    paragraphs: [
      `${email} opened the SSO settings of ${organization} with a break-glass code at ${dateOf(at)}, from ${address}. The session ends after 30 minutes and opens nothing else. ${left === 0 ? 'No code of theirs is left' : left === 1 ? 'One code of theirs is left' : `${left} codes of theirs are left`}.`,
      'If nobody among you knows why, look at what was changed, end the session, and take the codes away.',
    ],
    button: { label: 'Open the SSO settings', url: absoluteUrl(`/${slug}/settings/sign-in`) },
  })),
  'credentials-ending': rendererOf(TEMPLATES['credentials-ending'], (_tx, params) => credentialsEndingLetter(params)),
  'credential-found': rendererOf(TEMPLATES['credential-found'], (_tx, params) => credentialFoundLetter(params)),
  'organization-created': rendererOf(TEMPLATES['organization-created'], (_tx, { organization, slug, creator }) => renderLetter({
    subject: `${organization} is ready on Gatehouse`, heading: `${organization} is ready`,
    paragraphs: [`${creator} created the organization and named you as its owner.`],
    button: { label: 'Open the console', url: absoluteUrl(`/${slug}`) },
  })),
  'last-administrator-kept': rendererOf(TEMPLATES['last-administrator-kept'], (_tx, { organization, slug, directory, attempted }) => renderLetter({
    subject: `${directory} tried to take away the last administrator of ${organization}`, heading: 'The last administrator was kept',
    paragraphs: [
      `${directory} sent a change over SCIM (${attempted}) after which nobody could have managed ${organization}. Nothing of it was applied.`,
      'Make somebody else an administrator, then let the directory send it again; or correct it there.',
    ],
    button: { label: 'See what was sent', url: absoluteUrl(`/${slug}/settings/provisioning`) },
  })),
}

/** Renders a stored mail. @throws AppError `link-invalid` when its invitation is gone, so there is nothing to send */
export async function renderMail(tx: Tx, template: string, params: unknown): Promise<Letter> {
  if (!isTemplate(template)) throw new AppError('internal', `unknown mail template \`${template}\``)
  return RENDER[template](tx, params)
}
