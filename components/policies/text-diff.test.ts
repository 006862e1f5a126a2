import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines, diffParts } from './text-diff'

const marks = { same: ' ', removed: '-', added: '+' } as const
const drawn = (before: string, after: string) => diffLines(before, after).map(({ kind, text }) => marks[kind] + text)

test('tells which lines went and which came', () => {
  expect(drawn('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d'])
  expect(drawn('', 'a\n')).toEqual(['+a'])
  expect(drawn('a\r\nb', 'a\nb\n')).toEqual([' a', ' b'])
  expect(diffLines('a\nb', 'b')).toEqual([
    { kind: 'removed', text: 'a', before: 1, after: null }, { kind: 'same', text: 'b', before: 2, after: 1 },
  ])
})

test('gives both texts back, whatever they are', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.map((line) => `${line}\n`).join(''))
  fc.assert(fc.property(text, text, (before, after) => {
    const lines = diffLines(before, after)
    const of = (unwanted: string) => lines.filter(({ kind }) => kind !== unwanted).map((line) => `${line.text}\n`).join('')
    expect([of('added'), of('removed')]).toEqual([before, after])
  }))
})

test('leaves equal lines out but for three around a change', () => {
  const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n')
  const parts = diffParts(before, before.replace('line 10', 'changed'))
  expect(parts.map((part) => (part.kind === 'gap' ? part.count : part.lines.length))).toEqual([7, 8, 6])
  expect(diffParts('a', 'a')).toEqual([{ kind: 'gap', count: 1 }])
  expect(diffParts('', '')).toEqual([])
})
