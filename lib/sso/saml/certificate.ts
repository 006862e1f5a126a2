import { X509Certificate } from 'node:crypto'
import { pemOf } from './own-certificate'

/** What people want to know of a certificate. */
export type CertificateFacts = {
  subject: string
  /** SHA-256, in pairs of hex digits. */
  fingerprint: string
  notBefore: Date
  notAfter: Date
  keyBits: number
}

/** What is wrong with a certificate that cannot be used; null: nothing. */
export type CertificateProblem = 'unreadable' | 'not-rsa' | 'weak-key'

export const CERTIFICATE_PROBLEMS: Record<CertificateProblem, string> = {
  unreadable: 'a certificate cannot be read',
  'not-rsa': 'a certificate holds a key that is not RSA; responses are checked with RSA only',
  'weak-key': 'a certificate holds an RSA key of fewer than 2,048 bits',
}

const KEY_BITS_MIN = 2048
const DAY_MS = 24 * 3600_000
/** From here on a certificate is marked, and administrators are told. */
export const CERTIFICATE_WARNING_DAYS = 30

/** The common name, or the whole subject on one line. */
function subjectOf(certificate: X509Certificate): string {
  const lines = certificate.subject.split('\n')
  return lines.find((line) => line.startsWith('CN='))?.slice(3) ?? lines.join(', ')
}

/** Base64 as it stands in metadata, or PEM, as PEM; null when it is neither. */
export function certificatePem(text: string): string | null {
  const base64 = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s/g, '')
  if (base64 === '' || base64.length > 20_000 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  return pemOf('CERTIFICATE', Buffer.from(base64, 'base64'))
}

function parse(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

/** Reads a certificate in PEM. */
export function readCertificate(pem: string): { ok: true; facts: CertificateFacts } | { ok: false; problem: CertificateProblem } {
  const certificate = parse(pem)
  if (!certificate) return { ok: false, problem: 'unreadable' }
  const key = certificate.publicKey
  const keyBits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa') return { ok: false, problem: 'not-rsa' }
  if (keyBits < KEY_BITS_MIN) return { ok: false, problem: 'weak-key' }
  const facts = { subject: subjectOf(certificate), fingerprint: certificate.fingerprint256, notBefore: new Date(certificate.validFrom), notAfter: new Date(certificate.validTo), keyBits }
  return { ok: true, facts }
}

/** Whole days until a certificate ends; negative once it has. */
export const daysLeft = (notAfter: Date, now: Date): number => Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS)
