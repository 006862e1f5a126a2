/** The closed set of errors: code → HTTP status and the sentence the console shows above the detail. */
export const ERRORS = {
  'malformed-request': { status: 400, title: 'The request could not be read' },
  unauthenticated: { status: 401, title: 'Sign in to go on' },
  'wrong-password': { status: 401, title: 'The e-mail address or password is wrong' },
  'wrong-second-factor': { status: 401, title: 'This did not prove that it is you' },
  forbidden: { status: 403, title: 'You may not do this' },
  'confirmation-required': { status: 403, title: 'Confirm that it is you' },
  'second-factor-required': { status: 403, title: 'This organization demands a second factor' },
  'sso-required': { status: 403, title: 'This organization is entered through its identity provider' },
  'session-elsewhere': { status: 403, title: 'Your session opens another organization only' },
  'address-not-allowed': { status: 403, title: 'Your address is not on the IP allowlist' },
  'wrong-origin': { status: 403, title: 'The request came from another site' },
  'not-found': { status: 404, title: 'This does not exist' },
  'link-invalid': { status: 404, title: 'This link does not work any more' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  conflict: { status: 409, title: 'This conflicts with what is there' },
  'already-exists': { status: 409, title: 'This exists already' },
  'last-administrator': { status: 409, title: 'The organization would be left without an administrator' },
  'allowlist-lockout': { status: 409, title: 'This would lock you out' },
  'policy-tests-fail': { status: 409, title: 'A test of the policy fails' },
  'idempotency-conflict': { status: 409, title: 'This idempotency key was used for another request' },
  'secret-already-shown': { status: 409, title: 'The secret was shown once and cannot be shown again' },
  managed: { status: 409, title: 'This comes from a directory' },
  'limit-reached': { status: 409, title: 'The organization has reached its limit' },
  'precondition-failed': { status: 412, title: 'Somebody changed this in the meantime' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'wrong-host': { status: 421, title: 'This address does not serve Gatehouse' },
  'invalid-input': { status: 422, title: 'Some fields need another look' },
  'too-many-requests': { status: 429, title: 'Too many attempts' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Gatehouse cannot reach its database' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof ERRORS

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code)

/** A place in a text: 1-based line and column, and offsets in UTF-16 units. */
export type TextPosition = { line: number; column: number; start: number; end: number }

/** One wrong field: `path` in dots for forms, made a JSON pointer at the API; `position` where the field is a text that was parsed. */
export type FieldError = { path: string; message: string; position?: TextPosition }

/**
 * What is missing and where: one of Gatehouse's own permissions by its bare name; with `isNamed` one as it is called outside
 * the code, of the access model or with prefix, since a model may use the same bare name.
 */
export type MissingRight = { permission: string; scope: string; isNamed?: true }

export type ErrorExtras = {
  fields?: readonly FieldError[]
  /** Of a 403. */
  missing?: MissingRight
  /** Of `unauthenticated`: why, where the sign-in page says so. */
  reason?: string
  /** Of `secret-already-shown`: what was made. */
  resourceId?: string
  /** Of a 429: the limits that were reached, as `RateLimit-Policy` names them. */
  violatedPolicies?: readonly string[]
  /** Of a 429 or 503: seconds to wait. */
  retryAfterSeconds?: number
}

/**
 * An expected refusal. `message` is lower case, without full stop, general to specific, with what
 * the caller gave in back-ticks; the console turns the code into a sentence and shows it beside.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly extras: ErrorExtras
  constructor(code: ErrorCode, message: string, extras: ErrorExtras = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.extras = extras
  }
  get status(): number {
    return ERRORS[this.code].status
  }
}

/** By name and shape, because server.ts and Next.js each have a copy of this class. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error && isErrorCode(String(error.code))
}
