import { log } from '@/lib/log'
import { judgeClaims, type SamlClaims } from './claims'
import { openEncrypted, readEncrypted } from './decryption'
import { librarySaml, type SamlSettings } from './library'
import { checkDecrypted, checkResponseForm, decodeResponse, readMessage, type CheckedForm } from './precheck'
import { isSamlRefused, SamlRefused } from './refusals'
import { serviceAddresses } from './service-provider'
import type { XmlElement } from './xml'
import { isNamed, NS } from './xml-tree'

type Opened = { assertion: XmlElement; isSigned: boolean; decryptionKey?: string }

export type ResponseContext = {
  now: Date
  /** When this connection sent a request of this id that is still unanswered; null when it did not. */
  findRequest: (id: string) => Promise<Date | null>
}

/** The assertion, out of its encryption by whichever of our keys opens it. @throws SamlRefused */
function open(form: CheckedForm, settings: SamlSettings): Opened {
  if (form.assertion) {
    if (settings.wantsEncryption) throw new SamlRefused('not-encrypted')
    return { assertion: form.assertion, isSigned: form.isAssertionSigned }
  }
  if (!form.encrypted) throw new SamlRefused('no-assertion')
  const sealed = readEncrypted(form.encrypted)
  for (const { privateKey } of settings.own) {
    const xml = openEncrypted(sealed, privateKey)
    if (xml !== null) return { ...checkDecrypted(xml), decryptionKey: privateKey }
  }
  throw new SamlRefused('not-decryptable')
}

async function checkRequest(id: string | null, settings: SamlSettings, context: ResponseContext): Promise<void> {
  if (id === null && !settings.allowsIdpInitiated) throw new SamlRefused('unsolicited')
  if (id !== null && (await context.findRequest(id)) === null) throw new SamlRefused('unknown-request')
}

/** What the library refuses, in our words; it tells its reasons in sentences, which are for the server log. */
function refusalOf(error: unknown): SamlRefused {
  if (isSamlRefused(error)) return error
  const reason = error instanceof Error ? error.message : String(error)
  log().warn({ reason: reason.slice(0, 300) }, 'a SAML response did not pass node-saml')
  return /signature/i.test(reason) ? new SamlRefused('signature-invalid') : new SamlRefused('refused-by-library')
}

/** The bytes of the assertion that a certificate of the identity provider vouches for, read again. */
async function provenAssertion(field: string, form: CheckedForm, opened: Opened, settings: SamlSettings, context: ResponseContext): Promise<XmlElement> {
  const getAsync = async (id: string) => (await context.findRequest(id))?.toISOString() ?? null
  const bears = { response: form.isResponseSigned, assertion: opened.isSigned }
  const saml = librarySaml(settings, { requests: { getAsync }, bears, ...(opened.decryptionKey !== undefined && { decryptionKey: opened.decryptionKey }) })
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: field }).catch((error: unknown) => {
    throw refusalOf(error)
  })
  const xml = profile?.getAssertionXml?.()
  const assertion = xml === undefined ? null : readMessage(xml)
  if (!assertion || !isNamed(assertion, NS.assertion, 'Assertion')) throw new SamlRefused('refused-by-library', 'no assertion')
  return assertion
}

/**
 * Checks what an identity provider posted. Its form first, then its claims, for a clear reason; then signatures, by
 * node-saml; then the claims again, out of the signed bytes, which alone are believed. The request that it answers
 * is still to be used up by the caller, and the assertion to be remembered.
 *
 * @param field the form field `SAMLResponse`
 * @throws SamlRefused with a reason of the closed set
 */
export async function checkResponse(settings: SamlSettings, field: string | undefined, context: ResponseContext): Promise<SamlClaims> {
  const xml = decodeResponse(field)
  const form = checkResponseForm(xml)
  const opened = open(form, settings)
  if (settings.signedParts !== 'assertion' && !form.isResponseSigned) throw new SamlRefused('response-unsigned')
  if (settings.signedParts !== 'response' && !opened.isSigned) throw new SamlRefused('assertion-unsigned')
  const { entityId, acsUrl } = serviceAddresses(settings.connectionId)
  const expected = { idpEntityId: settings.idpEntityId, audience: entityId, recipient: acsUrl, now: context.now }
  const { inResponseTo } = judgeClaims(form.response, opened.assertion, expected)
  await checkRequest(inResponseTo, settings, context)
  const proven = await provenAssertion(Buffer.from(xml).toString('base64'), form, opened, settings, context)
  return judgeClaims(form.response, proven, expected)
}
