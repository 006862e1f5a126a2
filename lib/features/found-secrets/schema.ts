import { z } from 'zod'

const text = (most: number) => z.string().nullish().transform((given) => (given ?? '').slice(0, most))

/** One secret that was found, as code hosts send it. What else they tell, now or later, is left out. */
export const FoundEntry = z.object({
  token: z.string().min(1, 'A secret is missing').max(4000, 'This is too long for a secret'),
  type: text(200),
  url: text(2000),
  source: text(100),
})

export const FoundSecretsBody = z.array(FoundEntry, 'Send a list of found secrets').min(1, 'Send at least one').max(500, 'Send at most 500 at a time')

export type FoundEntry = z.output<typeof FoundEntry>
