import { afterEach, beforeEach } from 'vitest'

/**
 * An error on the console that no test expected fails the test. One that expects it says so with
 * `vi.spyOn(console, 'error').mockImplementation(() => {})`.
 */
let unexpected: unknown[][] = []

console.error = (...words: unknown[]) => void unexpected.push(words)

beforeEach(() => {
  unexpected = []
})

afterEach(() => {
  const [first] = unexpected
  unexpected = []
  if (first) throw new Error(`the console got an error: ${first.map(String).join(' ')}`)
})
