import { z } from 'zod'

const Text = z.string().trim().max(300).catch('')

/** A moment of the past or future, for questions about then; what is no moment counts as now. */
const Moment = z.iso.datetime({ offset: true, local: true }).transform((text) => new Date(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)).nullable().catch(null)

/** What a link to an answer holds: ids, a permission, and when. */
export const ExplainRequest = z.object({ who: Text, action: Text, resource: Text, at: Moment, ip: z.union([z.ipv4(), z.ipv6()]).nullable().catch(null) })
export type ExplainRequest = z.output<typeof ExplainRequest>

export const SearchInput = z.strictObject({ q: z.string().trim().max(200).default('') })
