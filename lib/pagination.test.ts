import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countInWords, decodeCursor, encodeCursor, listFingerprint, toPage, type PageRequest } from './pagination'

const list = listFingerprint({ sort: 'name', status: ['active'] })

test('a cursor comes back as it went, for its own list only', () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (values) => {
    expect(decodeCursor(encodeCursor(values, list), list)).toEqual(values)
  }))
  const other = listFingerprint({ sort: 'email' })
  expect(() => decodeCursor(encodeCursor(['a'], list), other)).toThrow('the cursor does not belong to this list')
})

test.each(['', 'nonsense', '%%%', Buffer.from('{"v":[]}').toString('base64url'), Buffer.from('{"v":[1],"f":"x"}').toString('base64url')])('the damaged cursor %j is refused', (cursor) => {
  expect(() => decodeCursor(cursor, list)).toThrow('the cursor does not belong to this list')
})

/** A list in memory asked the way the queries ask theirs. */
function pageOf(all: readonly number[], request: PageRequest) {
  const after = request.after ? Number(request.after[0]) : -Infinity
  const before = request.before ? Number(request.before[0]) : Infinity
  const isBackwards = request.before !== undefined || request.last === true
  const within = all.filter((n) => n > after && n < before)
  const fetched = (isBackwards ? [...within].reverse() : within).slice(0, request.limit + 1)
  return toPage(fetched, request, list, (n) => [String(n)])
}

test('walking forwards, and back again, meets every row once', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 7 }), (size, limit) => {
    const all = Array.from({ length: size }, (_, i) => i)
    const forwards: number[] = []
    let page = pageOf(all, { limit })
    expect(page.previousCursor).toBeNull()
    forwards.push(...page.rows)
    while (page.nextCursor) {
      page = pageOf(all, { limit, after: decodeCursor(page.nextCursor, list) })
      forwards.push(...page.rows)
    }
    expect(forwards).toEqual(all)
    const backwards = [page.rows]
    while (page.previousCursor) {
      page = pageOf(all, { limit, before: decodeCursor(page.previousCursor, list) })
      backwards.unshift(page.rows)
    }
    expect(backwards.flat()).toEqual(all)
  }))
})

test('the last page is in the list’s order and leads back', () => {
  expect(pageOf([1, 2, 3, 4, 5], { limit: 2, last: true })).toMatchObject({ rows: [4, 5], nextCursor: null })
  expect(pageOf([1, 2], { limit: 2, last: true }).previousCursor).toBeNull()
})

test.each([[0, true, '0 people'], [1, true, '1 person'], [1000, true, '1,000 people'], [1000, false, '1,000+ people']] as const)('%i is told as %j', (count, isExact, words) => {
  expect(countInWords(count, isExact, 'person', 'people')).toBe(words)
})
