import pino from 'pino'
import { processWide } from './process-state'

const REDACTED = ['password', '*.password', 'secret', '*.secret', 'token', '*.token', 'authorization', '*.authorization', 'cookie', '*.cookie']

/** Structured log on standard output. Never give it bodies, headers or links: ids are enough. */
export const log = () =>
  processWide('log', () =>
    pino({
      level: process.env.LOG_LEVEL ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED, censor: '[redacted]' },
    }),
  )
