import { expect, test } from 'vitest'
import { sentence } from './sentence'

test.each([
  ['role `Auditor` already exists', 'Role “Auditor” already exists.'],
  ['`a@b` is not an address', '“a@b” is not an address.'],
  ['there is no `x`', 'There is no “x”.'],
  ['Try again later.', 'Try again later.'],
])('%s', (message, told) => {
  expect(sentence(message)).toBe(told)
})
