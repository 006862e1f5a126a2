import { z } from 'zod'
import { isSignInRefusal, refusalSentence } from './refusals'

const Stored = z.object({
  at: z.string(), byName: z.string(), email: z.string().nullable(), how: z.string().nullable(), reason: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()), roles: z.array(z.object({ words: z.string(), because: z.string() })),
})

/** What a test received, in words. */
export type TestResult = { at: string; byName: string; email: string | null; how: string | null; reason: string | null; attributes: [string, string][]; roles: { words: string; because: string }[] }

/** A stored test as its page shows it; null when there was none. */
export function testResultOf(stored: unknown): TestResult | null {
  const parsed = Stored.safeParse(stored)
  if (!parsed.success) return null
  const { reason, attributes, ...rest } = parsed.data
  const shown = Object.entries(attributes).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return { ...rest, reason: reason === null ? null : isSignInRefusal(reason) ? refusalSentence(reason) : reason, attributes: shown }
}
