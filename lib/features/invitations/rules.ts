/** Most addresses in one call. */
export const INVITE_MAX = 500

/** The same form that zod's `email` accepts, written out here because browsers check addresses without zod. */
const ADDRESS = /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/
const ADDRESS_MAX = 254

/** Why this is no e-mail address, in a few words, or null when it is one. */
export function addressProblem(address: string): string | null {
  if (address.length > ADDRESS_MAX) return `longer than ${ADDRESS_MAX} characters`
  if (ADDRESS.test(address)) return null
  const [local = '', domain] = address.split('@')
  if (domain === undefined) return 'no @ in it'
  if (address.split('@').length > 2) return 'more than one @ in it'
  if (local === '') return 'nothing before the @'
  return domain.includes('.') ? 'not an e-mail address' : 'no complete domain after the @'
}

/**
 * Addresses out of a pasted text: separated by commas, semicolons, white space or line breaks. From
 * `"Doe, Jo" <jo@example.test>`, as mail programs copy it, only what is between the brackets counts.
 *
 * @returns in lower case, in their order, repeated ones too, malformed ones as they are
 */
export function splitAddresses(text: string): string[] {
  return text
    .replace(/"[^"\n]*"/g, ' ')
    .split(/[,;\n]/)
    .flatMap((part) => {
      const words = part.split(/\s+/).filter(Boolean)
      const hasBrackets = words.some((word) => /^<[^<>]+>$/.test(word))
      return hasBrackets ? words.filter((word) => word.includes('@')) : words
    })
    .map((word) => word.replace(/^<+|>+$/g, '').replace(/^mailto:/i, '').toLowerCase())
    .filter(Boolean)
}

export type InviteStatus = 'invited' | 'already_member' | 'already_invited' | 'invalid' | 'limit_reached'

/** What became of one address. */
export type InviteResult = { email: string; status: InviteStatus; id?: string; detail?: string }

export type TypedAddress = { email: string; problem: string | null }

/** A pasted text as chips: each address with what is wrong with it, repeated ones told as such. */
export function readAddresses(text: string): TypedAddress[] {
  const seen = new Set<string>()
  return splitAddresses(text).map((email) => {
    const problem = seen.has(email) ? 'given twice' : addressProblem(email)
    seen.add(email)
    return { email, problem }
  })
}
