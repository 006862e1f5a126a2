import { ScimError } from './error'

const UNSTORABLE = /\0|\p{Surrogate}/u
const DEPTH_MAX = 50

/** Where a text holds what no database takes: a NUL, or half a surrogate pair; -1 when nowhere. */
export const unstorableAt = (text: string): number => text.search(UNSTORABLE)

const isUnstorable = (text: string): boolean => UNSTORABLE.test(text)

/** The same text with a sign in place of what no database takes. */
export const storable = (text: string): string => text.replace(new RegExp(UNSTORABLE, 'gu'), '\ufffd')

/**
 * Refuses a body that could not be kept, before anything is done with it: text that is none, in names and values, and more
 * objects within each other than anything SCIM knows.
 *
 * @throws ScimError `invalidValue`, `invalidSyntax`
 */
export function checkStorable(value: unknown, at = '', depth = 0): void {
  if (typeof value === 'string' && isUnstorable(value)) throw new ScimError(400, 'invalidValue', `\`${storable(at).slice(0, 200)}\`: it holds a character that is no text`)
  if (typeof value !== 'object' || value === null) return
  if (depth >= DEPTH_MAX) throw new ScimError(400, 'invalidSyntax', `more than ${DEPTH_MAX} objects and lists within each other`)
  for (const [name, each] of Object.entries(value)) {
    if (isUnstorable(name)) throw new ScimError(400, 'invalidSyntax', `the name \`${storable(name).slice(0, 200)}\` holds a character that is no text`)
    checkStorable(each, at === '' ? name : `${at}.${name}`, depth + 1)
  }
}
