import { OauthError } from './refusal'

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/** The fields of a request. An empty one counts as left out (RFC 6749 §3.2). */
export type Form = { get: (name: string) => string | undefined }

/**
 * Reads a form-encoded body.
 *
 * @throws OauthError `invalid_request` for another content type, and for a field that is there twice
 */
export function readForm(contentType: string | undefined, text: string): Form {
  if (contentType === undefined || !FORM_TYPE.test(contentType)) throw new OauthError('invalid_request', 'send `Content-Type: application/x-www-form-urlencoded`')
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) throw new OauthError('invalid_request', `\`${name.slice(0, 40)}\` is there more than once`)
    fields.set(name, value)
  }
  return { get: (name) => fields.get(name) || undefined }
}

/** A field that has to be there. @throws OauthError `invalid_request` */
export function required(form: Form, name: string): string {
  const value = form.get(name)
  if (value === undefined) throw new OauthError('invalid_request', `\`${name}\` is missing`)
  return value
}
