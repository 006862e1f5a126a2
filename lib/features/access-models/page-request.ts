import { z } from 'zod'

const PageRequest = z.object({
  view: z.enum(['overview', 'edit', 'versions']).catch('overview'),
  version: z.coerce.number().int().min(1).max(1_000_000).nullable().catch(null),
})

/** What of the page of the access model is asked for; what makes no sense counts as not asked. */
export const modelPageOf = (params: Readonly<Record<string, unknown>>): z.output<typeof PageRequest> =>
  PageRequest.parse({ view: params['view'], version: params['version'] ?? null })
