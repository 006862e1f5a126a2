import { nameOfMissing } from '@/lib/access/missing'
import { absoluteUrl } from '@/lib/env'
import { ERRORS, type ErrorCode, type FieldError, type TextPosition } from '@/lib/errors'
import type { Refusal } from './report'

/** An error as RFC 9457 has it. Members after `instance` are ours. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  /** Id of the request, as in `X-Request-Id` and on audit events. */
  instance: string
  /** With line, column and offsets where the field is a text that was parsed. */
  errors?: (({ pointer: string; detail: string } | { parameter: string; detail: string }) & Partial<TextPosition> & { message?: string })[]
  permission?: string
  scope?: string
  id?: string
  /** The limits that were reached (draft-ietf-httpapi-ratelimit-headers). */
  'violated-policies'?: readonly string[]
} & Partial<ExplainedRefusal>

/** More about a 403, with what the caller may know. */
export type ExplainedRefusal = {
  /** Of the scope, where the caller may see it. */
  scopeType?: string
  scopeName?: string
  /** Who can give the missing permission, by address. */
  grantors: readonly string[]
  /** Roles of the access model that carry it, least powerful first. */
  roles: readonly string[]
  /** The caller's own roles that permit it, and why they do not count here. */
  near: readonly { role: string; scope: { type: string; id: string; name: string }; outcome: string; detail: string }[]
  /** Address of the whole explanation in the console, for those who may ask. */
  explain?: string
}

/** More than a refusal says. */
export type ProblemContext = {
  /** Whether a wrong field came with the address (a parameter) and not in the body. */
  isParameter?: (name: string) => boolean
  refused?: ExplainedRefusal
  resourceId?: string | undefined
  violatedPolicies?: readonly string[] | undefined
}

/** The page that explains an error. */
export const problemUrl = (code: ErrorCode): string => absoluteUrl(`/docs/problems/${code}`)

/** A path in dots as JSON pointer in a URI fragment (RFC 6901 §6). */
const pointerOf = (path: string): string =>
  path === '' ? '#' : `#/${path.split('.').map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`

function errorOf({ path, message, position }: FieldError, isParameter: (name: string) => boolean) {
  const name = path.split('.')[0] ?? path
  // A fault in a text has the same members here as where the text is read: `message`, `start`, `end`.
  return { ...(isParameter(name) ? { parameter: name, detail: message } : { pointer: pointerOf(path), detail: message }), ...(position && { ...position, message }) }
}

/** Titles that speak to somebody in front of a page, as a program is told them. */
const TITLES: Partial<Record<ErrorCode, string>> = { unauthenticated: 'Authentication required' }

/** What an error is called where programs ask. */
export const problemTitle = (code: ErrorCode): string => TITLES[code] ?? ERRORS[code].title

/** A refusal as problem document, for machine callers. */
export function problemOf(refusal: Refusal, { isParameter = () => false, refused, resourceId, violatedPolicies }: ProblemContext = {}): Problem {
  const { code, status, message, fields, missing, requestId } = refusal
  return {
    type: problemUrl(code), title: problemTitle(code), status, detail: message, instance: requestId,
    ...(fields.length > 0 && { errors: fields.map((field) => errorOf(field, isParameter)) }),
    ...(missing && { permission: nameOfMissing(missing), scope: missing.scope }),
    ...refused,
    ...(resourceId !== undefined && { id: resourceId }),
    ...(violatedPolicies && { 'violated-policies': violatedPolicies }),
  }
}
