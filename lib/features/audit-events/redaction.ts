/** What must not be shown, should it ever have come into an event: by the name of its field, and by its form. */
const SECRET_FIELD = /secret|password|passphrase|hash$|otp|recovery|seed|private.?key|^token$|access.?token|refresh.?token|cookie/i
const SECRET_FORM = /\bgh_(?:key|sva|tok|scim|at)_[A-Za-z0-9]+_[A-Za-z0-9]{20,}|\$argon2[a-z]*\$\S+|-----BEGIN [A-Z ]*PRIVATE KEY-----/g

export const HIDDEN = '••••'

/** The text, with anything in it that has the form of a secret of ours made unreadable. */
export const withoutSecrets = (text: string): string => text.replace(SECRET_FORM, HIDDEN)

/** The value as it may be shown under this name, in depth. */
export function redacted(name: string, value: unknown): unknown {
  if (typeof value === 'boolean' || value === null || value === undefined) return value
  if (SECRET_FIELD.test(name)) return HIDDEN
  if (typeof value === 'string') return withoutSecrets(value)
  if (Array.isArray(value)) return value.map((item) => redacted(name, item))
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redacted(key, inner)]))
}
