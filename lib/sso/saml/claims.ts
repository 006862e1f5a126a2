import { SamlRefused } from './refusals'
import type { XmlElement } from './xml'
import { attributeOf, childrenOf, firstChild, isElement, NS, textOf } from './xml-tree'

/** How far the identity provider's clock may be off. */
export const CLOCK_SKEW_MS = 60_000
/** How long after it was made an assertion is accepted. */
export const ASSERTION_MAX_AGE_MS = 10 * 60_000
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/
const VALUES_MAX = 2000

/** What a response for one connection must say. */
export type Expected = {
  idpEntityId: string
  /** Our entity id. */
  audience: string
  /** Our ACS URL. */
  recipient: string
  now: Date
}

export type SamlClaims = {
  assertionId: string
  /** The request that this answers; null when it answers none. */
  inResponseTo: string | null
  nameId: string
  nameIdFormat: string
  attributes: Readonly<Record<string, readonly string[]>>
  /** When the identity provider asked who it is, of several times the first; null when it does not say. */
  authenticatedAt: Date | null
  /** Until when the assertion could be used again, were it not remembered. */
  expiresAt: Date
}

/** @throws SamlRefused `no-times` for a time that is no time */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = TIME.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN
  if (Number.isNaN(at)) throw new SamlRefused('no-times', text)
  return at
}

/** @returns the end @throws SamlRefused `no-times`, `not-yet-valid`, `expired` */
function checkWindow(element: XmlElement | undefined, nowMs: number): number {
  const from = timeOf(attributeOf(element, 'NotBefore'))
  const until = timeOf(attributeOf(element, 'NotOnOrAfter'))
  if (until === undefined) throw new SamlRefused('no-times', element?.name)
  if (from !== undefined && nowMs + CLOCK_SKEW_MS < from) throw new SamlRefused('not-yet-valid', new Date(from).toISOString())
  if (nowMs - CLOCK_SKEW_MS >= until) throw new SamlRefused('expired', new Date(until).toISOString())
  return until
}

function checkAge(assertion: XmlElement, nowMs: number): void {
  const made = timeOf(attributeOf(assertion, 'IssueInstant'))
  if (made === undefined) throw new SamlRefused('no-times', 'IssueInstant')
  if (made > nowMs + CLOCK_SKEW_MS) throw new SamlRefused('not-yet-valid', new Date(made).toISOString())
  if (nowMs - CLOCK_SKEW_MS >= made + ASSERTION_MAX_AGE_MS) throw new SamlRefused('too-old', new Date(made).toISOString())
}

function checkAudience(conditions: XmlElement, audience: string): void {
  const restrictions = childrenOf(conditions, NS.assertion, 'AudienceRestriction')
  const audiences = restrictions.map((one) => childrenOf(one, NS.assertion, 'Audience').map((element) => textOf(element).trim()))
  // Each restriction must hold (SAML core 2.5.1.4); without any the assertion is for everybody, which is not for us.
  if (audiences.length === 0 || audiences.some((names) => !names.includes(audience))) throw new SamlRefused('wrong-audience', audiences.flat().join(', '))
}

/** A text with nothing beneath it, so that no two readers see two texts. @throws SamlRefused `no-subject` */
function plainText(element: XmlElement): string {
  if (element.children.some(isElement)) throw new SamlRefused('no-subject', element.name)
  return textOf(element).trim()
}

function subjectOf(assertion: XmlElement): { nameId: string; nameIdFormat: string; confirmation: XmlElement } {
  const subject = firstChild(assertion, NS.assertion, 'Subject')
  const names = subject ? childrenOf(subject, NS.assertion, 'NameID') : []
  const [name] = names
  if (!subject || !name || names.length > 1) throw new SamlRefused('no-subject', 'NameID')
  const confirmations = childrenOf(subject, NS.assertion, 'SubjectConfirmation').filter((one) => attributeOf(one, 'Method') === BEARER)
  const [confirmation] = confirmations
  if (!confirmation || confirmations.length > 1) throw new SamlRefused('no-subject', `${confirmations.length} bearer confirmations`)
  const nameId = plainText(name)
  if (nameId === '' || nameId.length > 1024) throw new SamlRefused('no-subject', 'NameID')
  return { nameId, nameIdFormat: attributeOf(name, 'Format') ?? '', confirmation }
}

/** Names of attributes with their values; a name that comes twice keeps all values. */
function attributesOf(assertion: XmlElement): Record<string, string[]> {
  const found = new Map<string, string[]>()
  let count = 0
  for (const statement of childrenOf(assertion, NS.assertion, 'AttributeStatement'))
    for (const attribute of childrenOf(statement, NS.assertion, 'Attribute')) {
      const name = attributeOf(attribute, 'Name') ?? ''
      const values = childrenOf(attribute, NS.assertion, 'AttributeValue').map((value) => textOf(value).trim())
      count += values.length
      if (count > VALUES_MAX) throw new SamlRefused('too-large', `more than ${VALUES_MAX} values of attributes`)
      found.set(name, [...(found.get(name) ?? []), ...values])
    }
  return Object.fromEntries(found)
}

/** @throws SamlRefused `no-times` */
function authenticatedAtOf(assertion: XmlElement): Date | null {
  const times = childrenOf(assertion, NS.assertion, 'AuthnStatement').flatMap((statement) => timeOf(attributeOf(statement, 'AuthnInstant')) ?? [])
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/**
 * Judges what an assertion says: who made it, for whom, where to, when, and about whom. The same judgement is made
 * of the assertion as sent, for a clear reason, and of the signed bytes, which alone are believed.
 *
 * @param response the response around it, whose own claims must not contradict
 * @throws SamlRefused with the reason
 */
export function judgeClaims(response: XmlElement, assertion: XmlElement, expected: Expected): SamlClaims {
  const nowMs = expected.now.getTime()
  const issuer = firstChild(assertion, NS.assertion, 'Issuer')
  const outer = firstChild(response, NS.assertion, 'Issuer')
  const issuers = [issuer ? plainText(issuer) : '', ...(outer ? [plainText(outer)] : [])]
  const stranger = issuers.find((name) => name !== expected.idpEntityId)
  if (stranger !== undefined) throw new SamlRefused('wrong-issuer', stranger)
  const destination = attributeOf(response, 'Destination')
  if (destination !== undefined && destination !== expected.recipient) throw new SamlRefused('wrong-destination', destination)

  const { nameId, nameIdFormat, confirmation } = subjectOf(assertion)
  const data = firstChild(confirmation, NS.assertion, 'SubjectConfirmationData')
  const recipient = attributeOf(data, 'Recipient') ?? ''
  if (recipient !== expected.recipient) throw new SamlRefused('wrong-recipient', recipient)
  const conditions = firstChild(assertion, NS.assertion, 'Conditions')
  if (!conditions) throw new SamlRefused('no-times', 'Conditions')
  checkAudience(conditions, expected.audience)
  const ends = [checkWindow(data, nowMs), checkWindow(conditions, nowMs)]
  checkAge(assertion, nowMs)

  const inResponseTo = attributeOf(response, 'InResponseTo') ?? null
  if ((attributeOf(data, 'InResponseTo') ?? null) !== inResponseTo) throw new SamlRefused('wrong-request', attributeOf(data, 'InResponseTo') ?? 'none')
  const assertionId = attributeOf(assertion, 'ID') ?? ''
  if (assertionId === '') throw new SamlRefused('malformed', 'the assertion has no ID')
  return { assertionId, inResponseTo, nameId, nameIdFormat, attributes: attributesOf(assertion), authenticatedAt: authenticatedAtOf(assertion), expiresAt: new Date(Math.min(...ends) + CLOCK_SKEW_MS) }
}
