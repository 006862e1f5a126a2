import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import type { Call } from './http-route'
import { parseInput } from './perform'

/** A moment in answers: RFC 3339 in UTC once it is JSON. */
export const Time = z.date().meta({ format: 'date-time', example: '2026-11-22T09:30:00.000Z' })

/** A moment that is text already. */
export const TimeText = z.string().meta({ format: 'date-time', example: '2026-11-22T09:30:00.000Z' })

/** A parameter that may be repeated or hold several values with commas between; none when left out. */
export const manyOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined ? [] : value === null ? null : [value].flat().flatMap((text) => String(text).split(',')).filter(Boolean)), z.array(item).max(20, 'Give at most 20'))

/** An id in the path or the answer. Only described here: what cannot exist is answered with 404. */
export const idText = (example: string, description: string) => z.string().meta({ example, description })

const LIMIT_RULE = `expected a whole number from 1 to ${PAGE_LIMIT_MAX}`

/** Page size and place, as every list takes them. */
export const pageQuery = {
  limit: z.coerce.number({ error: LIMIT_RULE }).int(LIMIT_RULE).min(1, LIMIT_RULE).max(PAGE_LIMIT_MAX, LIMIT_RULE).default(50).meta({ description: 'Rows in the answer, 1 to 200.', example: 50 }),
  cursor: z.string().min(1).optional().meta({ description: 'The `nextCursor` of the answer before, with the same filters and sort.' }),
}

/** A page of a list. */
export const listOf = <S extends z.ZodType>(schema: S) =>
  z.object({
    data: z.array(schema),
    nextCursor: z.string().nullable().meta({ description: 'Where the next page begins; null on the last one.' }),
  })

/** Query parameters against their schema. @throws AppError `invalid-input` naming the parameters */
export function parseQuery<S extends z.ZodType>(schema: S | undefined, call: Call): z.output<S>
export function parseQuery(schema: z.ZodType | undefined, call: Call): unknown {
  if (schema) return parseInput(schema, call.query)
  const [unknownName] = Object.keys(call.query)
  if (unknownName === undefined) return {}
  throw new AppError('invalid-input', `\`${unknownName}\`: this address takes no such parameter`, { fields: [{ path: unknownName, message: 'unknown parameter' }] })
}

/** Path parameters against their schema. @throws AppError `not-found`: what is no id cannot exist */
export function parseParams<S extends z.ZodType>(schema: S | undefined, call: Call): z.output<S>
export function parseParams(schema: z.ZodType | undefined, call: Call): unknown {
  if (!schema) return {}
  const parsed = schema.safeParse(call.params)
  if (parsed.success) return parsed.data
  throw new AppError('not-found', `there is nothing at \`${call.path}\``)
}

/** The body against its schema. @throws AppError `invalid-input` naming the fields */
export function parseBody<S extends z.ZodType>(schema: S | undefined, call: Call): z.output<S>
export function parseBody(schema: z.ZodType | undefined, call: Call): unknown {
  return schema ? parseInput(schema, call.body) : undefined
}
