import { expect, test } from 'vitest'
import { initials } from './avatar'

test.each([
  ['ops-admin@acme.test', 'OA'],
  ['m.dev@acme.test', 'MD'],
  ['release@acme.test', 'RE'],
  ['Platform Team Lead', 'PL'],
  ['x', 'X'],
  ['', ''],
])('%s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
