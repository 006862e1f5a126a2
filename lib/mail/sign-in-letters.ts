import { z } from 'zod'
import { absoluteUrl } from '@/lib/env'
import { renderLetter, type Letter } from './letter'

/** Certificates of SAML connections that end soon. */
export const CertificatesEnding = z.object({
  organization: z.string(), slug: z.string(),
  items: z.array(z.object({ connectionId: z.string(), connection: z.string(), whose: z.enum(['provider', 'ours']), endsAt: z.string(), days: z.number() })).min(1),
})

/** A verified domain whose record is not found any more. */
export const DomainRecordMissing = z.object({ organization: z.string(), slug: z.string(), domain: z.string(), recordName: z.string(), recordValue: z.string(), since: z.string() })

const dateOf = (iso: string): string => new Date(iso).toUTCString()
const within = (days: number): string => (days === 1 ? 'within a day' : `within ${days} days`)

export const certificatesSubject = ({ organization, items }: z.output<typeof CertificatesEnding>): string =>
  items.length === 1 ? `A sign-in certificate of ${organization} ends ${within(items[0]?.days ?? 0)}` : `${items.length} sign-in certificates of ${organization} end soon`

/** The notice before certificates end: whose it is says what to do. */
export function certificatesEndingLetter(params: z.output<typeof CertificatesEnding>): Letter {
  const { organization, slug, items } = params
  const [first] = items
  return renderLetter({
    subject: certificatesSubject(params), heading: certificatesSubject(params),
    paragraphs: [
      ...items.map(({ connection, whose, endsAt }) => `${whose === 'provider' ? 'The last certificate of the identity provider' : 'Our own certificate'} of the connection ${connection} ends at ${dateOf(endsAt)}.`),
      ...(items.some(({ whose }) => whose === 'provider') ? ['Of the identity provider: get new metadata from its administrators, with the certificate it will sign with next, before it changes. Without that, signing in fails from the change on.'] : []),
      ...(items.some(({ whose }) => whose === 'ours') ? ['Our own: make the next certificate on the page of the connection, give our metadata to the identity provider again, then switch to it.'] : []),
    ],
    button: { label: 'Open the connection', url: absoluteUrl(`/${slug}/settings/sign-in/${first?.connectionId ?? ''}`) },
    footnote: `You get this because you may change how people sign in to ${organization}.`,
  })
}

export const domainMissingSubject = ({ domain }: { domain: string }): string => `The record that proves ${domain} is gone`

/** A record that is gone says that the domain may have gone too. What to do about it, people decide. */
export function domainMissingLetter(params: z.output<typeof DomainRecordMissing>): Letter {
  const { organization, slug, domain, recordName, recordValue, since } = params
  return renderLetter({
    subject: domainMissingSubject(params), heading: domainMissingSubject(params),
    paragraphs: [
      `The TXT record that shows that ${domain} is yours has not been found since ${dateOf(since)}. Nothing was changed: connections of ${organization} still speak for addresses of ${domain}.`,
      `If the domain is yours, publish the record again at ${recordName} with the text ${recordValue}`,
      'If it is no longer yours, remove it from the sign-in settings at once: who owns it now can receive mail for its addresses.',
    ],
    button: { label: 'Open the sign-in settings', url: absoluteUrl(`/${slug}/settings/sign-in`) },
    footnote: `You get this because you may change how people sign in to ${organization}.`,
  })
}
