import { expect, test } from 'vitest'
import { suggestSlug } from './slug-suggestion'

test.each([
  ['Northwind', 'northwind'],
  ['  North   Wind Traders  ', 'north-wind-traders'],
  ['Müller & Söhne', 'muller-sohne'],
  ['A'.repeat(60), 'a'.repeat(40)],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ['日本', ''],
  ['', ''],
])('%j suggests %j', (name, slug) => expect(suggestSlug(name)).toBe(slug))
