import { z } from 'zod'
import { absoluteUrl } from '@/lib/env'
import { renderLetter, type Letter } from './letter'

const Kind = z.enum(['api_key', 'service_account_key', 'token'])
export type CredentialNoun = z.output<typeof Kind>

const NOUNS: Record<CredentialNoun, string> = { api_key: 'API key', service_account_key: 'key of a service account', token: 'application token' }
/** Where it is looked after. */
const PAGES: Record<CredentialNoun, string> = { api_key: 'api-keys', service_account_key: 'service-accounts', token: 'tokens' }

/** Credentials that end soon, the first of them first. `more`: how many are left out. */
export const CredentialsEnding = z.object({
  organization: z.string(), slug: z.string(), more: z.number(),
  items: z.array(z.object({ kind: Kind, name: z.string(), owner: z.string(), endsAt: z.string() })).min(1),
})

/** A secret that was found where it must not be. */
export const CredentialFound = z.object({
  organization: z.string(), slug: z.string(), kind: Kind, name: z.string(), owner: z.string(), isAccessToken: z.boolean(),
  action: z.enum(['revoked', 'suspended', 'reported']), place: z.string(), foundAt: z.string(),
})

const dateOf = (iso: string): string => new Date(iso).toUTCString()
const named = ({ kind, name, owner }: { kind: CredentialNoun; name: string; owner: string }): string => `the ${NOUNS[kind]} ${name}${owner ? ` of ${owner}` : ''}`

export const endingSubject = ({ organization, items, more }: z.output<typeof CredentialsEnding>): string =>
  items.length + more === 1 ? `A credential of ${organization} ends soon` : `${items.length + more} credentials of ${organization} end soon`

/** The reminder before credentials end. */
export function credentialsEndingLetter(params: z.output<typeof CredentialsEnding>): Letter {
  const { organization, slug, items, more } = params
  const [first] = items
  return renderLetter({
    subject: endingSubject(params), heading: endingSubject(params),
    paragraphs: [
      ...items.map((item) => `${named(item).replace(/^the /, 'The ')} ends at ${dateOf(item.endsAt)}.`),
      ...(more > 0 ? [`And ${more} more.`] : []),
      'What uses them fails from then on. Rotate them while both the old and the new secret work, or prolong them where the credential policy allows it.',
    ],
    button: { label: 'Open the console', url: absoluteUrl(`/${slug}/${PAGES[first?.kind ?? 'api_key']}`) },
    footnote: `You get this because they are yours or because you administer ${organization}. The credential policy says when reminders are sent.`,
  })
}

const DONE = {
  revoked: 'It was revoked at once: nobody can use it any more, and whatever used it has to get another.',
  suspended: 'It was suspended at once: nobody can use it until it is resumed. Replace it instead, since the secret is known to others.',
  reported: 'It was left as it is, as the credential policy says. Whoever saw the secret can use it: rotate or revoke it now.',
} as const
const DONE_TOKEN = 'Only a short-lived access token made from it was found. All access tokens made from it so far have ended; the credential itself works on.'

export const foundSubject = ({ organization }: { organization: string }): string => `A secret of ${organization} was found where it must not be`

/** What happened to a credential whose secret was reported. The place is text: a stranger wrote it. */
export function credentialFoundLetter(params: z.output<typeof CredentialFound>): Letter {
  const { organization, slug, kind, isAccessToken, action, place, foundAt } = params
  return renderLetter({
    subject: foundSubject(params), heading: foundSubject(params),
    paragraphs: [
      `The secret of ${named(params)} was reported at ${dateOf(foundAt)}.`,
      place === '' ? 'Where it was found was not told.' : `Where it was found, as the report says: ${place}`,
      isAccessToken && action !== 'reported' ? DONE_TOKEN : DONE[action],
      'Removing it from there does not help: take it as known to everybody. The audit log tells what it was used for.',
    ],
    button: { label: 'Open the console', url: absoluteUrl(`/${slug}/${PAGES[kind]}`) },
    footnote: `You get this because it is yours or because you administer ${organization}.`,
  })
}
