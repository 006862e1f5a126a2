import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from './errors'

export const PAGE_LIMIT_MAX = 200
/** Counts are exact up to here, then "1,000+". */
export const COUNT_MAX = 1000

/** "12 groups", "1,000+ people": how many there are; beyond what is counted exactly, at least so many. */
export function countInWords(count: number, isExact: boolean, one: string, many = `${one}s`): string {
  if (!isExact) return `${COUNT_MAX.toLocaleString('en')}+ ${many}`
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** A boundary between rows: the values of the sort columns at it, the id last. */
export type Boundary = readonly string[]

/** One page asked for: rows after a boundary, or the ones just before it. */
export type PageRequest = { limit: number; after?: Boundary; before?: Boundary; last?: boolean }

/** A page of rows, with cursors when there is more in that direction. */
export type Page<T> = { rows: T[]; nextCursor: string | null; previousCursor: string | null }

const Cursor = z.object({ v: z.array(z.string()).min(1).max(4), f: z.string() })

/** Ties a cursor to the filters and sort of its list, so that it cannot be used with others. */
export const listFingerprint = (list: unknown): string =>
  createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 10)

export const encodeCursor = (values: Boundary, fingerprint: string): string =>
  Buffer.from(JSON.stringify({ v: values, f: fingerprint })).toString('base64url')

/** @throws AppError `invalid-input` naming the parameter when it is damaged or belongs to another list. */
export function decodeCursor(cursor: string, fingerprint: string, parameter = 'cursor'): Boundary {
  try {
    const parsed = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (parsed.f === fingerprint) return parsed.v
  } catch {
    // Damaged and foreign cursors get the same answer below.
  }
  throw new AppError('invalid-input', 'the cursor does not belong to this list', {
    fields: [{ path: parameter, message: 'begin again without a cursor: it belongs to other filters or another sort' }],
  })
}

/**
 * Cuts rows fetched with one more than the limit into a page with cursors.
 *
 * @param fetched rows in the order of the query, which runs backwards for `before` and `last`
 * @param boundaryOf the sort values of a row, the id last
 */
export function toPage<T>(fetched: T[], request: PageRequest, fingerprint: string, boundaryOf: (row: T) => Boundary): Page<T> {
  const backwards = request.before !== undefined || request.last === true
  const more = fetched.length > request.limit
  const cut = fetched.slice(0, request.limit)
  const rows = backwards ? cut.reverse() : cut
  const first = rows[0]
  const last = rows.at(-1)
  const hasNext = backwards ? request.before !== undefined : more
  const hasPrevious = backwards ? more : request.after !== undefined
  return {
    rows,
    nextCursor: hasNext && last !== undefined ? encodeCursor(boundaryOf(last), fingerprint) : null,
    previousCursor: hasPrevious && first !== undefined ? encodeCursor(boundaryOf(first), fingerprint) : null,
  }
}
