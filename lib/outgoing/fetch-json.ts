import type { z } from 'zod'
import { guardedFetch, type FetchOptions } from './guarded-fetch'

const LIMITS: FetchOptions = { maxBytes: 256 * 1024, timeoutMs: 5000 }

/** The JSON at an address somebody typed. @throws Error saying what is wrong, for people */
export async function fetchJson<T>(url: string, schema: z.ZodType<T>, what: string): Promise<T> {
  const result = await guardedFetch(url, LIMITS)
  if (!result.ok) throw new Error(result.message)
  const { status, text } = result.answer
  if (status !== 200) throw new Error(`\`${url}\` answers with status ${status}`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`\`${url}\` does not answer with JSON`)
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Error(`\`${url}\` does not answer with ${what}`)
  return parsed.data
}
