/**
 * Why a SAML sign-in is refused: a closed set, so that every refusal has its own name in the audit log and its own
 * words. `message` is for whoever signs in, `hint` for the administrator who reads the log.
 */
export const SAML_REFUSALS = {
  'no-response': { message: 'the identity provider sent no response', hint: 'The identity provider must POST a form field named SAMLResponse to the ACS URL.' },
  'too-large': { message: 'the response is larger than a sign-in needs', hint: 'A response may have 256 KiB. Send fewer attributes or groups.' },
  malformed: { message: 'the response could not be read', hint: 'The response is not base64 of well-formed XML in UTF-8.' },
  doctype: { message: 'the response holds a document type', hint: 'Document types and entities are never read: they can make a server fetch files or run out of memory.' },
  comment: { message: 'the response holds an XML comment', hint: 'Comments can cut names in two. No identity provider sends them in a response; somebody changed it on its way.' },
  'processing-instruction': { message: 'the response holds a processing instruction', hint: 'No identity provider sends processing instructions in a response.' },
  cdata: { message: 'the response holds a CDATA section', hint: 'CDATA sections can cut names in two and are not accepted in a response.' },
  'not-a-response': { message: 'what was sent is not a SAML response', hint: 'The document is not a SAML 2.0 Response.' },
  'idp-refused': { message: 'the identity provider refused the sign-in', hint: 'The response carries the status of a failure. Look at the log of the identity provider; is the person assigned to this application?' },
  'no-assertion': { message: 'the response says nothing about a person', hint: 'The response holds no assertion.' },
  'several-assertions': { message: 'the response holds several assertions', hint: 'One assertion is accepted. Several are a sign of a forged response.' },
  'misplaced-element': { message: 'a part of the response is not where it belongs', hint: 'Assertions and signatures elsewhere than SAML puts them are how signatures are wrapped.' },
  'duplicate-id': { message: 'two parts of the response have the same id', hint: 'A signature names what it signs by its id, so ids must be unique.' },
  'weak-algorithm': { message: 'the signature uses an algorithm that is not accepted', hint: 'Accepted are RSA with SHA-256 or SHA-512 and exclusive canonicalization. Change the signature algorithm at the identity provider; SHA-1 and HMAC are refused.' },
  'bad-signature': { message: 'a signature is not made as SAML asks', hint: 'A signature has one reference, to the part it stands in, with at most two transforms.' },
  'assertion-unsigned': { message: 'the assertion is not signed', hint: 'This connection requires signed assertions. Turn on “Sign assertion” at the identity provider.' },
  'response-unsigned': { message: 'the response is not signed', hint: 'This connection requires signed responses. Turn on “Sign response” at the identity provider, or change what the connection requires.' },
  'signature-invalid': { message: 'the signature was not made by the identity provider', hint: 'None of the certificates of this connection made the signature. Has the identity provider changed its certificate? Then upload its metadata again.' },
  'not-encrypted': { message: 'the assertion is not encrypted', hint: 'This connection requires encrypted assertions.' },
  'weak-encryption': { message: 'the encryption uses an algorithm that is not accepted', hint: 'Accepted are AES with 128 or 256 bits, and RSA-OAEP (rsa-oaep-mgf1p with SHA-1, its usual form) for the key.' },
  'not-decryptable': { message: 'the assertion is encrypted for somebody else', hint: 'None of our keys opens it. Give the identity provider the present certificate of this connection.' },
  'wrong-issuer': { message: 'the response comes from another identity provider', hint: 'The issuer is not the entity id of this connection.' },
  'wrong-destination': { message: 'the response was meant for another address', hint: 'The destination is not the ACS URL of this connection.' },
  'wrong-recipient': { message: 'the assertion was meant for another address', hint: 'The recipient is not the ACS URL of this connection.' },
  'wrong-audience': { message: 'the assertion was meant for another application', hint: 'The audience is not our entity id. Correct “Audience” or “Entity ID” at the identity provider.' },
  'no-subject': { message: 'the assertion names nobody', hint: 'The assertion needs a subject with a NameID and a bearer confirmation.' },
  'not-yet-valid': { message: 'the assertion is not valid yet', hint: 'The clocks of the identity provider and of this server differ by more than a minute.' },
  expired: { message: 'the assertion has expired', hint: 'The sign-in took too long, or the clocks of the identity provider and of this server differ by more than a minute.' },
  'too-old': { message: 'the assertion was made too long ago', hint: 'An assertion is accepted for ten minutes after it was made.' },
  'no-times': { message: 'the assertion does not say until when it is valid', hint: 'The conditions and the confirmation of the subject need NotOnOrAfter.' },
  unsolicited: { message: 'the sign-in did not begin here', hint: 'The response answers no request. Begin at Gatehouse, or allow sign-in that begins at the identity provider.' },
  'unknown-request': { message: 'the sign-in that this answers is not known, or took too long', hint: 'The response answers a request that this connection did not send within the last ten minutes.' },
  'wrong-request': { message: 'the response and its assertion answer different requests', hint: 'InResponseTo of the response and of the assertion differ.' },
  replayed: { message: 'this response was used already', hint: 'Each response and each assertion is accepted once.' },
  'other-browser': { message: 'this sign-in began in another browser', hint: 'The browser that brought the response is not the one that began. Somebody may have tried to sign another person in.' },
  'refused-by-library': { message: 'the response did not pass the second check', hint: 'The server log names the reason under the id of the request.' },
} as const satisfies Record<string, { message: string; hint: string }>

export type SamlRefusalCode = keyof typeof SAML_REFUSALS

/** A sign-in refused for a reason of the closed set; `detail` adds what was found, cut to a harmless length. */
export class SamlRefused extends Error {
  readonly code: SamlRefusalCode
  readonly detail: string
  constructor(code: SamlRefusalCode, detail = '') {
    super(SAML_REFUSALS[code].message)
    this.name = 'SamlRefused'
    this.code = code
    this.detail = detail.slice(0, 200)
  }
}

/** The same reasons among all those for which a sign-in is refused. */
export type SamlSignInRefusal = `saml-${SamlRefusalCode}`

export const signInRefusalOf = (code: SamlRefusalCode): SamlSignInRefusal => `saml-${code}`

/** As sentences, for the person who wanted to sign in. */
export const samlSentence = (code: SamlRefusalCode): string => `${SAML_REFUSALS[code].message.charAt(0).toUpperCase()}${SAML_REFUSALS[code].message.slice(1)}.`

const isSamlCode = (word: string): word is SamlRefusalCode => Object.hasOwn(SAML_REFUSALS, word)

/** The reason of SAML in a reason for a refused sign-in; null when it is none. */
export function samlRefusalIn(reason: string): SamlRefusalCode | null {
  const code = reason.startsWith('saml-') ? reason.slice(5) : ''
  return isSamlCode(code) ? code : null
}

/** By name and shape, because server.ts and Next.js each have a copy of this class. */
export const isSamlRefused = (error: unknown): error is SamlRefused =>
  error instanceof Error && error.name === 'SamlRefused' && 'code' in error && Object.hasOwn(SAML_REFUSALS, String(error.code))
