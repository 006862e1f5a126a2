import type { IncomingMessage } from 'node:http'
import { AppError } from '@/lib/errors'
import { BODY_MAX } from '../body-limit'

/**
 * Reads a body of at most 1 MiB as text. The outcome is handed over in a callback, so that a decision needs no promise.
 *
 * @param done gets the text, or an AppError `too-large`; is not called when the client went away
 */
export function readText(req: IncomingMessage, done: (error: AppError | null, text: string) => void): void {
  let first: Buffer | null = null
  let rest: Buffer[] | null = null
  let size = 0
  req.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > BODY_MAX) return
    if (first === null) first = chunk
    else (rest ??= [first]).push(chunk)
  })
  req.on('end', () => {
    if (size > BODY_MAX) done(new AppError('too-large', 'the body is over 1 MiB'), '')
    else done(null, rest === null ? (first?.toString('utf8') ?? '') : Buffer.concat(rest).toString('utf8'))
  })
  req.on('error', () => undefined)
}
