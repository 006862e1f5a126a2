import { expect, test } from 'vitest'
import { diffParts, numberedLines } from './text-diff'

test('lines carry their numbers in both texts', () => {
  expect(numberedLines('a\nb', 'b')).toEqual([
    { kind: 'removed', text: 'a', before: 1, after: null }, { kind: 'same', text: 'b', before: 2, after: 1 },
  ])
})

test('equal lines are left out but for three around a change', () => {
  const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n')
  const parts = diffParts(before, before.replace('line 10', 'changed'))
  expect(parts.map((part) => (part.kind === 'gap' ? part.count : part.lines.length))).toEqual([7, 8, 6])
  expect(diffParts('a', 'a')).toEqual([{ kind: 'gap', count: 1 }])
  expect(diffParts('', '')).toEqual([])
})
