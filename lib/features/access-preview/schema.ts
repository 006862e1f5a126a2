import { z } from 'zod'
import { TimeText } from '@/lib/boundary/http-schema'

const Named = z.object({ type: z.string(), id: z.string(), name: z.string() })

const Line = z.object({
  principal: Named,
  resource: Named.meta({ description: 'Topmost resource at which it makes a difference: it does so below too.' }),
  permissions: z.array(z.object({ name: z.string(), title: z.string() })),
})

/** What routes with `?dryRun=true` answer. */
export const AccessPreviewAnswer = z.object({
  losses: z.array(Line).meta({ description: 'Who loses what, at most 100.' }),
  gains: z.array(Line).meta({ description: 'Who gains what, at most 100.' }),
  moreLosses: z.number().meta({ description: 'How many losses there are beyond those.' }),
  moreGains: z.number().meta({ description: 'How many gains there are beyond those.' }),
  lookedAt: z.number().meta({ description: 'How many users, groups, service accounts and tokens were looked at.' }),
  unseenMembers: z.number().meta({ description: 'Others concerned, such as members of large groups, that were not looked at one by one; their groups were.' }),
  since: TimeText.nullable().meta({ description: 'From when on it is so, where a change of an end makes a difference later; null: at once.' }),
  undecided: z.array(z.object({ owner: Named.extend({ type: z.enum(['group', 'guardrails']) }), text: z.string().nullable() }))
    .meta({ description: 'Statements of policies and guardrails that have a say in it by the circumstances of each request, such as its address. They are not counted; at most 20. The text is null without the permission to read it: `group:read`, or `guardrail:write` for guardrails.' }),
}).meta({ id: 'AccessPreview' })

/** Of a route that can be rehearsed. */
export const REHEARSAL = 'With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.'

/** `?dryRun=true`: nothing is changed, the answer says who would gain and lose what. */
export const DryRun = z.enum(['true', 'false']).default('false').transform((text) => text === 'true').meta({ description: 'With `true` nothing is changed; the answer says who would gain and who would lose what.', example: 'false' })

/** Query of a route that can be rehearsed and takes nothing else. */
export const RehearsedQuery = z.strictObject({ dryRun: DryRun })

export const EXAMPLE_PREVIEW = {
  losses: [{
    principal: { type: 'user', id: 'usr_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'm.dev@acme.test' }, resource: { type: 'folder', id: 'fld_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e80', name: 'europe' },
    permissions: [{ name: 'cluster:scale', title: 'Scale clusters' }],
  }],
  gains: [], moreLosses: 0, moreGains: 0, lookedAt: 1, unseenMembers: 0, since: null, undecided: [],
}
