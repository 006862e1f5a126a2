import type { XmlElement } from './xml'

/** Namespaces of SAML and of what it stands on. */
export const NS = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
} as const

export const isElement = (node: XmlElement | string): node is XmlElement => typeof node !== 'string'

export const elementsOf = (parent: XmlElement): XmlElement[] => parent.children.filter(isElement)

export const isNamed = (element: XmlElement, namespace: string, local: string): boolean => element.namespace === namespace && element.local === local

/** Children of this name, in order. */
export const childrenOf = (parent: XmlElement, namespace: string, local: string): XmlElement[] =>
  elementsOf(parent).filter((child) => isNamed(child, namespace, local))

export const firstChild = (parent: XmlElement, namespace: string, local: string): XmlElement | undefined => childrenOf(parent, namespace, local)[0]

/** The value of an attribute without namespace. */
export const attributeOf = (element: XmlElement | undefined, name: string): string | undefined =>
  element?.attributes.find((attribute) => attribute.namespace === '' && attribute.local === name)?.value

/** All text within, as one. */
export const textOf = (element: XmlElement): string => element.children.map((child) => (isElement(child) ? textOf(child) : child)).join('')

/** Every element below and including this one, in document order, with its ancestors from the root. */
export function* walk(element: XmlElement, above: readonly XmlElement[] = []): Generator<{ element: XmlElement; above: readonly XmlElement[] }> {
  yield { element, above }
  const here = [...above, element]
  for (const child of elementsOf(element)) yield* walk(child, here)
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }

/** Text made safe to stand in XML or HTML, between tags and in quoted values. */
export const escapeXml = (text: string): string => text.replace(/[&<>"'\t\n\r]/g, (character) => ESCAPES[character] ?? character)
