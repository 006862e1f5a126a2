import { expect, test } from 'vitest'
import { toTextOffset, toViewOffset, withChanges } from './line-ends'

const text = 'a\r\nbc\nd\r\n\r\ne'

test('places are the same place in both countings', () => {
  const view = text.replaceAll('\r\n', '\n')
  expect(view).toBe('a\nbc\nd\n\ne')
  for (let offset = 0; offset <= view.length; offset++) expect(toViewOffset(text, toTextOffset(text, offset))).toBe(offset)
  expect(text.slice(toTextOffset(text, 2), toTextOffset(text, 4))).toBe('bc')
  expect(text.slice(toTextOffset(text, 8))).toBe('e')
  expect(toViewOffset(text, text.length)).toBe(view.length)
})

test('changes leave every line end that they do not touch', () => {
  expect(withChanges(text, [{ from: 2, to: 4, text: 'X' }])).toBe('a\r\nX\nd\r\n\r\ne')
  expect(withChanges(text, [{ from: 0, to: 1, text: 'A\nB' }, { from: 8, to: 9, text: '' }])).toBe('A\r\nB\r\nbc\nd\r\n\r\n')
  expect(withChanges(text, [{ from: 1, to: 2, text: '' }])).toBe('abc\nd\r\n\r\ne')
  expect(withChanges('', [{ from: 0, to: 0, text: 'a\nb' }])).toBe('a\nb')
})
