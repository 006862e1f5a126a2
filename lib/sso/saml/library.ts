import { SAML, ValidateInResponseTo, type CacheProvider } from '@node-saml/node-saml'
import { ASSERTION_MAX_AGE_MS, CLOCK_SKEW_MS } from './claims'
import type { OwnCertificate } from './own-certificate'
import { serviceAddresses } from './service-provider'
import type { SamlBinding } from './metadata'

/** How long a sign-in at the identity provider may take. */
export const REQUEST_MINUTES = 10

/** Which parts of a response must bear a signature. */
export type SignedParts = 'assertion' | 'response' | 'both'

/** Everything that asking and checking need to know of a connection. */
export type SamlSettings = {
  connectionId: string
  idpEntityId: string
  signInUrl: string
  binding: SamlBinding
  /** Certificates of the identity provider, PEM. */
  idpCertificates: readonly string[]
  /** Ours, the present one first. */
  own: readonly [OwnCertificate, ...OwnCertificate[]]
  signedParts: SignedParts
  wantsEncryption: boolean
  allowsIdpInitiated: boolean
}

/** What node-saml remembers requests in. Ours answers from the database and forgets nothing by itself: using up is one statement, later. */
export type KnownRequests = Pick<CacheProvider, 'getAsync'>

type LibraryMore = {
  requests?: KnownRequests
  decryptionKey?: string
  requestId?: string
  asksAgain?: boolean
  /** Signatures that are there: they must be good, required or not. */
  bears?: { response: boolean; assertion: boolean }
}

const NONE: KnownRequests = { getAsync: async () => null }

/** node-saml with the settings this connection needs; the one place where it is configured. */
export function librarySaml(settings: SamlSettings, { requests = NONE, decryptionKey, requestId, asksAgain = false, bears = { response: false, assertion: false } }: LibraryMore = {}): SAML {
  const { entityId, acsUrl } = serviceAddresses(settings.connectionId)
  const [own] = settings.own
  return new SAML({
    issuer: entityId,
    audience: entityId,
    callbackUrl: acsUrl,
    entryPoint: settings.signInUrl,
    idpIssuer: settings.idpEntityId,
    idpCert: [...settings.idpCertificates],
    wantAssertionsSigned: settings.signedParts !== 'response' || bears.assertion,
    wantAuthnResponseSigned: settings.signedParts !== 'assertion' || bears.response,
    validateInResponseTo: settings.allowsIdpInitiated ? ValidateInResponseTo.ifPresent : ValidateInResponseTo.always,
    cacheProvider: { saveAsync: async () => null, getAsync: requests.getAsync, removeAsync: async () => null },
    requestIdExpirationPeriodMs: REQUEST_MINUTES * 60_000,
    acceptedClockSkewMs: CLOCK_SKEW_MS,
    maxAssertionAgeMs: ASSERTION_MAX_AGE_MS,
    privateKey: own.privateKey,
    publicCert: own.certificate,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    forceAuthn: asksAgain,
    // Only what travels in an address is compressed.
    skipRequestCompression: settings.binding === 'post',
    authnRequestBinding: settings.binding === 'post' ? 'HTTP-POST' : 'HTTP-Redirect',
    ...(decryptionKey !== undefined && { decryptionPvk: decryptionKey }),
    ...(requestId !== undefined && { generateUniqueId: () => requestId }),
  })
}
