import { SamlRefused, type SamlRefusalCode } from './refusals'
import { checkSignature } from './signature-form'
import { readXml, XmlError, type XmlElement, type XmlFault } from './xml'
import { attributeOf, childrenOf, elementsOf, firstChild, isNamed, NS, textOf, walk } from './xml-tree'

export const RESPONSE_MAX_BYTES = 256 * 1024
const LIMITS = { maxLength: RESPONSE_MAX_BYTES, maxDepth: 32, maxElements: 4000 }
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'
/** Base64 of the largest response, with line breaks. */
const BASE64_MAX = Math.ceil(RESPONSE_MAX_BYTES / 3) * 4 * 1.05

const FAULTS: Record<XmlFault, SamlRefusalCode> = {
  malformed: 'malformed', doctype: 'doctype', comment: 'comment', 'processing-instruction': 'processing-instruction', cdata: 'cdata', 'too-large': 'too-large',
}

/** Where what may stand: the name of a parent, then those of its children. Everything else is refused. */
const RESPONSE_PARTS = new Set(['Issuer', 'Signature', 'Status', 'Assertion', 'EncryptedAssertion'])
const ASSERTION_PARTS = new Set(['Issuer', 'Signature', 'Subject', 'Conditions', 'AuthnStatement', 'AttributeStatement'])
/** Names that mean something to whoever checks signatures; matched without namespace, as such code does. */
const WATCHED = new Set(['response', 'assertion', 'encryptedassertion', 'signature', 'signedinfo', 'reference'])

/** A response whose form holds no surprise; nothing in it is proven yet. */
export type CheckedForm = {
  xml: string
  response: XmlElement
  /** The assertion as sent, or undefined when it is encrypted. */
  assertion: XmlElement | undefined
  encrypted: XmlElement | undefined
  isResponseSigned: boolean
  isAssertionSigned: boolean
}

/** The text of a form field: base64 of UTF-8. @throws SamlRefused `no-response`, `too-large`, `malformed` */
export function decodeResponse(field: string | undefined): string {
  if (field === undefined || field.trim() === '') throw new SamlRefused('no-response')
  if (field.length > BASE64_MAX) throw new SamlRefused('too-large')
  const base64 = field.replace(/[\s]/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new SamlRefused('malformed', 'not base64')
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > RESPONSE_MAX_BYTES) throw new SamlRefused('too-large')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new SamlRefused('malformed', 'not UTF-8')
  }
}

/** Reads XML of a message. @throws SamlRefused with the fault */
export function readMessage(xml: string): XmlElement {
  try {
    return readXml(xml, LIMITS)
  } catch (error) {
    if (error instanceof XmlError) throw new SamlRefused(FAULTS[error.fault], `${error.message} at ${error.offset}`)
    throw error
  }
}

const misplaced = (element: XmlElement): SamlRefused => new SamlRefused('misplaced-element', element.name)

function checkIds(root: XmlElement): void {
  const ids = new Set<string>()
  for (const { element } of walk(root))
    for (const { local, value } of element.attributes) {
      if (local.toLowerCase() !== 'id') continue
      if (ids.has(value)) throw new SamlRefused('duplicate-id', value)
      ids.add(value)
    }
}

/** Every element that signature checks look for stands at one of the allowed places, and nowhere else. */
function checkPlaces(root: XmlElement, allowed: ReadonlySet<XmlElement>): void {
  for (const { element, above } of walk(root)) {
    if (!WATCHED.has(element.local.toLowerCase()) || allowed.has(element)) continue
    const signature = above.find((ancestor) => allowed.has(ancestor) && isNamed(ancestor, NS.signature, 'Signature'))
    const parent = above.at(-1)
    const isPartOfSignature = signature !== undefined && element.namespace === NS.signature &&
      ((element.local === 'SignedInfo' && parent === signature) || (element.local === 'Reference' && parent?.local === 'SignedInfo' && above.at(-2) === signature))
    if (!isPartOfSignature) throw misplaced(element)
  }
}

function checkParts(parent: XmlElement, names: ReadonlySet<string>, namespaces: Readonly<Record<string, string>>): void {
  const seen = new Set<string>()
  for (const child of elementsOf(parent)) {
    if (!names.has(child.local) || child.namespace !== (namespaces[child.local] ?? NS.assertion)) throw misplaced(child)
    if (seen.has(child.local) && child.local !== 'AuthnStatement' && child.local !== 'AttributeStatement') throw misplaced(child)
    seen.add(child.local)
  }
  if (parent.children.some((child) => typeof child === 'string' && child.trim() !== '')) throw new SamlRefused('malformed', `text within ${parent.name}`)
}

/** The form of an assertion that stands by itself or in a response. @throws SamlRefused */
export function checkAssertionForm(assertion: XmlElement): { isSigned: boolean } {
  checkParts(assertion, ASSERTION_PARTS, { Signature: NS.signature })
  const signature = firstChild(assertion, NS.signature, 'Signature')
  if (signature) checkSignature(signature, attributeOf(assertion, 'ID') ?? '')
  if (attributeOf(assertion, 'Version') !== '2.0') throw new SamlRefused('not-a-response', 'version')
  return { isSigned: signature !== undefined }
}

/** The form of an assertion that came encrypted. @throws SamlRefused */
export function checkDecrypted(xml: string): { assertion: XmlElement; isSigned: boolean } {
  const assertion = readMessage(xml)
  if (!isNamed(assertion, NS.assertion, 'Assertion')) throw misplaced(assertion)
  checkIds(assertion)
  checkPlaces(assertion, new Set([assertion, ...childrenOf(assertion, NS.signature, 'Signature')]))
  return { assertion, ...checkAssertionForm(assertion) }
}

function checkStatus(response: XmlElement): void {
  const status = firstChild(response, NS.protocol, 'Status')
  const code = status && firstChild(status, NS.protocol, 'StatusCode')
  const value = attributeOf(code, 'Value')
  if (value === SUCCESS) return
  const inner = code && firstChild(code, NS.protocol, 'StatusCode')
  const message = status && firstChild(status, NS.protocol, 'StatusMessage')
  const words = [value, attributeOf(inner, 'Value')].map((uri) => uri?.split(':').at(-1)).filter(Boolean).join(', ')
  throw new SamlRefused('idp-refused', message ? `${words}: ${textOf(message).trim()}` : words)
}

/**
 * Looks at the form of a response before anything else does: one assertion, where it belongs, signatures where they
 * belong, unique ids, nothing that two readers could understand differently. What passes is still unproven.
 *
 * @throws SamlRefused with the reason
 */
export function checkResponseForm(xml: string): CheckedForm {
  const response = readMessage(xml)
  if (!isNamed(response, NS.protocol, 'Response') || attributeOf(response, 'Version') !== '2.0') throw new SamlRefused('not-a-response', response.name)
  const assertions = childrenOf(response, NS.assertion, 'Assertion')
  const encrypted = childrenOf(response, NS.assertion, 'EncryptedAssertion')
  const all = [...walk(response)].filter(({ element }) => ['assertion', 'encryptedassertion'].includes(element.local.toLowerCase()))
  if (assertions.length + encrypted.length > 1) throw new SamlRefused('several-assertions')
  checkIds(response)
  const allowed = [response, ...assertions, ...encrypted, ...[response, ...assertions].flatMap((parent) => childrenOf(parent, NS.signature, 'Signature'))]
  checkPlaces(response, new Set(allowed))
  checkParts(response, RESPONSE_PARTS, { Status: NS.protocol, Signature: NS.signature })
  checkStatus(response)
  if (all.length === 0) throw new SamlRefused('no-assertion')
  const signature = firstChild(response, NS.signature, 'Signature')
  if (signature) checkSignature(signature, attributeOf(response, 'ID') ?? '')
  const [assertion] = assertions
  const isAssertionSigned = assertion !== undefined && checkAssertionForm(assertion).isSigned
  return { xml, response, assertion, encrypted: encrypted[0], isResponseSigned: signature !== undefined, isAssertionSigned }
}
