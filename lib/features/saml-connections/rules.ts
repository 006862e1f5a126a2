import type { AttributeMapping, ProviderIdentity } from '@/lib/features/sso-connections/rules'
import { CERTIFICATE_WARNING_DAYS, daysLeft } from '@/lib/sso/saml/certificate'
import type { SamlClaims } from '@/lib/sso/saml/claims'

/** Names under which identity providers send what is wanted, most usual first. */
export const SAML_ATTRIBUTES = {
  email: ['email', 'mail', 'emailAddress', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress', 'urn:oid:0.9.2342.19200300.100.1.3'],
  name: ['name', 'displayName', 'http://schemas.microsoft.com/identity/claims/displayname', 'urn:oid:2.16.840.1.113730.3.1.241', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name'],
  groups: ['groups', 'memberOf', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups', 'http://schemas.xmlsoap.org/claims/Group', 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1'],
} as const

const FIRST_NAMES = ['firstName', 'givenName', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname', 'urn:oid:2.5.4.42']
const LAST_NAMES = ['lastName', 'surname', 'sn', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname', 'urn:oid:2.5.4.4']
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

type Attributes = SamlClaims['attributes']

const valuesOf = (attributes: Attributes, name: string): readonly string[] =>
  Object.hasOwn(attributes, name) ? (attributes[name] ?? []).filter((value) => value !== '') : []

/** The values of the first of these names that has any. */
const firstOf = (attributes: Attributes, names: readonly string[]): readonly string[] =>
  names.map((name) => valuesOf(attributes, name)).find((values) => values.length > 0) ?? []

function nameOf(attributes: Attributes, mapped: string | undefined): string {
  const [whole] = firstOf(attributes, mapped === undefined ? SAML_ATTRIBUTES.name : [mapped])
  if (whole !== undefined) return whole
  return [firstOf(attributes, FIRST_NAMES)[0], firstOf(attributes, LAST_NAMES)[0]].filter(Boolean).join(' ')
}

const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text)

/**
 * An identity out of an accepted assertion. The address is the mapped attribute, or one of a usual name, or the NameID
 * where that is one. An identity provider vouches for it; whether it may, the verified domains say. A NameID that
 * is new at every sign-in names nobody, so the address does instead.
 */
export function identityOfSaml({ nameId, nameIdFormat, attributes }: SamlClaims, mapping: AttributeMapping): ProviderIdentity {
  const [sent] = firstOf(attributes, mapping.email === undefined ? SAML_ATTRIBUTES.email : [mapping.email])
  const email = (sent ?? (mapping.email === undefined && looksLikeEmail(nameId) ? nameId : undefined))?.toLowerCase() ?? null
  return {
    subject: nameIdFormat === TRANSIENT ? (email ?? '') : nameId,
    email,
    emailVerified: email !== null,
    name: nameOf(attributes, mapping.name),
    groups: firstOf(attributes, mapping.groups === undefined ? SAML_ATTRIBUTES.groups : [mapping.groups]),
    attributes: { NameID: nameId, ...(nameIdFormat !== '' && { 'NameID format': nameIdFormat }), ...attributes },
  }
}

export type CertificateState = 'valid' | 'ending' | 'ended' | 'not-yet'

/** How a certificate stands now: the mark beside it. */
export function certificateState({ notBefore, notAfter }: { notBefore?: Date; notAfter: Date }, now: Date): CertificateState {
  const left = daysLeft(notAfter, now)
  if (notAfter <= now) return 'ended'
  if (notBefore !== undefined && notBefore > now) return 'not-yet'
  return left <= CERTIFICATE_WARNING_DAYS ? 'ending' : 'valid'
}

/** A certificate as pages and the API show it; times as text. */
export type CertificateView = {
  subject: string
  /** SHA-256, in pairs of hex digits. */
  fingerprint: string
  notBefore: string
  notAfter: string
  daysLeft: number
  state: CertificateState
}

export const certificateView = ({ subject, fingerprint, notBefore, notAfter }: { subject: string; fingerprint: string; notBefore: Date; notAfter: Date }, now: Date): CertificateView => ({
  subject, fingerprint, notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString(), daysLeft: daysLeft(notAfter, now), state: certificateState({ notBefore, notAfter }, now),
})

/** An identity provider as its metadata describes it. */
export type ProviderView = { entityId: string; name: string | null; signInUrl: string; binding: 'redirect' | 'post'; certificates: CertificateView[] }

/** What was read of metadata before it is taken over. */
export type MetadataPreview = ProviderView & { validUntil: string | null; /** What differs from what is there, as sentences. */ changes: string[] }

export type OwnCertificateView = CertificateView & { role: 'present' | 'next' }

/** A SAML connection as its page and the API show it. */
export type SamlConnectionView = {
  id: string
  name: string
  entityId: string
  acsUrl: string
  metadataUrl: string
  /** Null until its metadata has come. */
  provider: (ProviderView & { metadataUrl: string | null; metadataAt: string | null }) | null
  ownCertificates: OwnCertificateView[]
  signedParts: 'assertion' | 'response' | 'both'
  wantsEncryption: boolean
  isIdpInitiated: boolean
}

const short = (fingerprint: string): string => fingerprint.slice(0, 11)

/** What taking metadata over would change, as sentences; empty when nothing. */
export function metadataChanges(before: ProviderView | null, after: ProviderView): string[] {
  if (before === null) return []
  const [had, has] = [before.certificates, after.certificates].map((list) => new Map(list.map((one) => [one.fingerprint, one])))
  const gone = [...(had ?? [])].filter(([fingerprint]) => !has?.has(fingerprint))
  const added = [...(has ?? [])].filter(([fingerprint]) => !had?.has(fingerprint))
  return [
    ...(before.entityId === after.entityId ? [] : [`Another identity provider: ${before.entityId} becomes ${after.entityId}.`]),
    ...(before.signInUrl === after.signInUrl ? [] : [`People are sent to ${after.signInUrl} instead of ${before.signInUrl}.`]),
    ...added.map(([fingerprint, { subject }]) => `A new certificate: ${subject} (${short(fingerprint)}…).`),
    ...gone.map(([fingerprint, { subject }]) => `No longer trusted: ${subject} (${short(fingerprint)}…).`),
  ]
}
