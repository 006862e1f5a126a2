import { AppError, ERRORS, isAppError, type ErrorCode, type FieldError, type MissingRight } from '@/lib/errors'
import { log } from '@/lib/log'
import { requestFacts } from '@/lib/request'
import { asAppError } from './perform'

/** A refusal as doors hand it on; never holds the message of an unknown error. */
export type Refusal = {
  code: ErrorCode
  status: number
  title: string
  message: string
  fields: readonly FieldError[]
  missing?: MissingRight
  retryAfterSeconds?: number
  /** Shown to people and found in the log. */
  requestId: string
}

/** Any caught value as a refusal. Unknown errors are logged with the request's id; the caller sees only the id. */
export function refusalOf(caught: unknown): Refusal {
  const translated = asAppError(caught)
  const requestId = requestFacts().id
  if (!isAppError(translated)) log().error({ requestId, err: translated }, 'unexpected error')
  const error = isAppError(translated) ? translated : new AppError('internal', 'the error was logged; quote the id to whoever runs this installation')
  const { status, title } = ERRORS[error.code]
  const { fields = [], missing, retryAfterSeconds } = error.extras
  return { code: error.code, status, title, message: error.message, fields, requestId, ...(missing && { missing }), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
}
