import { addressProblem } from '@/lib/outgoing/guarded-fetch'
import { CERTIFICATE_PROBLEMS, certificatePem, readCertificate, type CertificateFacts } from './certificate'
import { readXml, XmlError, type XmlElement } from './xml'
import { attributeOf, childrenOf, firstChild, isNamed, NS, textOf, walk } from './xml-tree'

export const METADATA_MAX_BYTES = 512 * 1024
const LIMITS = { maxLength: METADATA_MAX_BYTES, maxDepth: 40, maxElements: 10_000, isLenient: true }
const CERTIFICATES_MAX = 10
const BINDINGS = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
} as const

export type SamlBinding = keyof typeof BINDINGS

/** An identity provider as its metadata describes it. */
export type IdpMetadata = {
  entityId: string
  /** A name to show, when the metadata has one. */
  name: string | null
  signInUrl: string
  binding: SamlBinding
  /** Certificates that sign, each once, as PEM. */
  certificates: readonly (CertificateFacts & { pem: string })[]
  wantsSignedRequests: boolean
  /** After this the metadata asks to be fetched again. */
  validUntil: Date | null
}

/** Metadata that cannot be used; `message` says why and what to do. */
export class MetadataError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MetadataError'
  }
}

const FAULT_WORDS: Partial<Record<XmlError['fault'], string>> = {
  doctype: 'it holds a document type, which is never read',
  'too-large': `it is larger than metadata of one identity provider is (${METADATA_MAX_BYTES / 1024} KiB)`,
}

function parse(xml: string): XmlElement {
  if (/^\s*(<!doctype\s+html|<html)/i.test(xml)) throw new MetadataError('this is a web page, not metadata; use the address that gives the XML')
  try {
    return readXml(xml.replace(/^\ufeff/, ''), LIMITS)
  } catch (error) {
    if (error instanceof XmlError) throw new MetadataError(FAULT_WORDS[error.fault] ?? `it is not well-formed XML: ${error.message} at character ${error.offset + 1}`)
    throw error
  }
}

const isIdp = (entity: XmlElement): boolean => childrenOf(entity, NS.metadata, 'IDPSSODescriptor').length > 0

/** The one entity that is an identity provider. */
function entityOf(root: XmlElement): XmlElement {
  const entities = [...walk(root)].map(({ element }) => element).filter((element) => isNamed(element, NS.metadata, 'EntityDescriptor'))
  if (entities.length === 0) throw new MetadataError('it is XML, but not SAML 2.0 metadata: there is no `EntityDescriptor`')
  const providers = entities.filter(isIdp)
  const [provider, ...more] = providers
  if (!provider) throw new MetadataError('it describes no identity provider; perhaps it is the metadata of an application')
  if (more.length > 0) throw new MetadataError(`it describes ${providers.length} identity providers; one is wanted`)
  return provider
}

function validUntilOf(element: XmlElement): Date | null {
  const text = attributeOf(element, 'validUntil')
  const at = text === undefined ? null : new Date(text)
  if (at && Number.isNaN(at.getTime())) throw new MetadataError(`\`validUntil\` is not a time: \`${(text ?? '').slice(0, 40)}\``)
  return at
}

function certificatesOf(descriptor: XmlElement): (CertificateFacts & { pem: string })[] {
  const signing = childrenOf(descriptor, NS.metadata, 'KeyDescriptor').filter((key) => (attributeOf(key, 'use') ?? 'signing') === 'signing')
  const texts = signing.flatMap((key) => [...walk(key)].filter(({ element }) => isNamed(element, NS.signature, 'X509Certificate')).map(({ element }) => textOf(element)))
  if (texts.length === 0) throw new MetadataError('it holds no certificate that signs; without one no response can be checked')
  if (texts.length > CERTIFICATES_MAX) throw new MetadataError(`it holds ${texts.length} certificates; at most ${CERTIFICATES_MAX} are taken`)
  const byFingerprint = new Map<string, CertificateFacts & { pem: string }>()
  for (const text of texts) {
    const pem = certificatePem(text)
    const read = pem === null ? ({ ok: false, problem: 'unreadable' } as const) : readCertificate(pem)
    if (!read.ok || pem === null) throw new MetadataError(CERTIFICATE_PROBLEMS[read.ok ? 'unreadable' : read.problem])
    byFingerprint.set(read.facts.fingerprint, { ...read.facts, pem })
  }
  return [...byFingerprint.values()]
}

/** Where people are sent: by redirect when there is a choice. */
function serviceOf(descriptor: XmlElement): { binding: SamlBinding; signInUrl: string } {
  const services = childrenOf(descriptor, NS.metadata, 'SingleSignOnService')
  for (const binding of ['redirect', 'post'] as const) {
    const service = services.find((one) => attributeOf(one, 'Binding') === BINDINGS[binding])
    const signInUrl = attributeOf(service, 'Location')?.trim()
    if (signInUrl === undefined) continue
    const problem = addressProblem(signInUrl)
    if (problem !== null) throw new MetadataError(`its sign-in address \`${signInUrl.slice(0, 200)}\` is not used: ${problem}`)
    return { binding, signInUrl }
  }
  throw new MetadataError('it names no address for sign-in by HTTP-Redirect or HTTP-POST')
}

function nameOf(entity: XmlElement): string | null {
  const organization = firstChild(entity, NS.metadata, 'Organization')
  const name = organization && (firstChild(organization, NS.metadata, 'OrganizationDisplayName') ?? firstChild(organization, NS.metadata, 'OrganizationName'))
  const text = name ? textOf(name).trim().slice(0, 100) : ''
  return text === '' ? null : text
}

/**
 * Reads the metadata of an identity provider.
 *
 * @throws MetadataError when it cannot be used, with the reason
 */
export function readMetadata(xml: string, now: Date): IdpMetadata {
  const entity = entityOf(parse(xml))
  const entityId = attributeOf(entity, 'entityID')?.trim() ?? ''
  if (entityId === '' || entityId.length > 1024) throw new MetadataError('its `entityID` is missing or too long')
  const [descriptor, ...more] = childrenOf(entity, NS.metadata, 'IDPSSODescriptor')
  if (!descriptor || more.length > 0) throw new MetadataError('it describes the identity provider more than once')
  if (!(attributeOf(descriptor, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(NS.protocol)) throw new MetadataError('the identity provider does not speak SAML 2.0')
  const validUntil = validUntilOf(entity) ?? validUntilOf(descriptor)
  if (validUntil && validUntil <= now) throw new MetadataError(`it was valid until ${validUntil.toISOString().slice(0, 10)}; fetch it again at the identity provider`)
  return {
    entityId, name: nameOf(entity), ...serviceOf(descriptor), certificates: certificatesOf(descriptor),
    wantsSignedRequests: ['true', '1'].includes(attributeOf(descriptor, 'WantAuthnRequestsSigned') ?? ''), validUntil,
  }
}
