import { SamlRefused } from './refusals'
import type { XmlElement } from './xml'
import { attributeOf, childrenOf, elementsOf, NS } from './xml-tree'

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const CANONICALIZATIONS = new Set([EXCLUSIVE, `${EXCLUSIVE}WithComments`])
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
/** Strong, and the only ones the library that checks knows besides SHA-1. */
const SIGNATURES = new Set(['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512'])
const DIGESTS = new Set(['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'])

/** The one child of this name. @throws SamlRefused `bad-signature` */
function only(parent: XmlElement, local: string): XmlElement {
  const [child, ...more] = childrenOf(parent, NS.signature, local)
  if (!child || more.length > 0) throw new SamlRefused('bad-signature', `${local} in ${parent.name}`)
  return child
}

function checkAlgorithm(element: XmlElement, accepted: ReadonlySet<string>): void {
  const algorithm = attributeOf(element, 'Algorithm') ?? ''
  if (!accepted.has(algorithm)) throw new SamlRefused('weak-algorithm', algorithm.split(/[#/]/).at(-1))
}

/**
 * A signature signs the part it stands in and nothing else, with accepted algorithms. Whether it is genuine is for
 * the library to say.
 *
 * @param id ID of the part it stands in
 * @throws SamlRefused `bad-signature`, `weak-algorithm`
 */
export function checkSignature(signature: XmlElement, id: string): void {
  const names = elementsOf(signature).map((child) => child.local)
  if (names.some((name) => !['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(name))) throw new SamlRefused('bad-signature', names.join(', '))
  only(signature, 'SignatureValue')
  const info = only(signature, 'SignedInfo')
  checkAlgorithm(only(info, 'CanonicalizationMethod'), CANONICALIZATIONS)
  checkAlgorithm(only(info, 'SignatureMethod'), SIGNATURES)
  const reference = only(info, 'Reference')
  if (id === '' || attributeOf(reference, 'URI') !== `#${id}`) throw new SamlRefused('bad-signature', 'the reference points elsewhere')
  checkAlgorithm(only(reference, 'DigestMethod'), DIGESTS)
  only(reference, 'DigestValue')
  const transforms = childrenOf(only(reference, 'Transforms'), NS.signature, 'Transform').map((transform) => attributeOf(transform, 'Algorithm') ?? '')
  const [first, second, ...more] = transforms
  if (first !== ENVELOPED || second === undefined || !CANONICALIZATIONS.has(second) || more.length > 0) throw new SamlRefused('bad-signature', 'transforms')
}
