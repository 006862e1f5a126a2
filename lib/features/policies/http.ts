import { z } from 'zod'
import { REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { defineQuestion } from '@/lib/boundary/http-question'
import { listOf, pageQuery } from '@/lib/boundary/http-schema'
import { EXAMPLES, Policy, PolicyReading, policyOf, readingOf, Tests, testsOf, TrialAnswer, trialOf, Version, versionOf, WholeVersion } from './http-shapes'
import { restoreGuardrails, restorePolicy, saveGuardrails, savePolicy, setGuardrailTests, setPolicyTests } from './operations'
import { findGroupOwner, findPolicy, findPolicyTests, findPolicyVersion, findVisibleOwner, guardrailsOwner, listPolicyVersions } from './queries'
import { PolicyQuestion, RestorePolicyInput, SavePolicyInput, SetPolicyTestsInput } from './schema'
import { tryText } from './trial'

const GROUP_ID = 'grp_019a0b6e-5b2c-7d3e-8f10-2a3b4c5d6e7f'
const id = SavePolicyInput.shape.groupId.meta({ description: 'Id of the group.', example: GROUP_ID })
const version = z.coerce.number().int().min(1).max(1_000_000_000).meta({ description: 'Number of the version.', example: 3 })
const ofGroup = { tag: 'Policies', params: z.object({ id }) } as const
const ofGroupVersion = { tag: 'Policies', params: z.object({ id, version }) } as const
const ofGuardrails = { tag: 'Guardrails' } as const
const ofGuardrailVersion = { tag: 'Guardrails', params: z.object({ version }) } as const

const Query = z.strictObject(pageQuery)
const Saving = SavePolicyInput.omit({ groupId: true })
const Restoring = RestorePolicyInput.pick({ overrideReason: true })
const Text = SavePolicyInput.pick({ text: true })
const Tried = PolicyQuestion.extend({ text: SavePolicyInput.shape.text.optional() })
const TestList = z.strictObject({ data: SetPolicyTestsInput.shape.tests })
const bodyExample = { text: EXAMPLES.text, note: 'for the auditors' }
const saveErrors = ['policy-tests-fail', 'conflict', 'last-administrator', 'precondition-failed'] as const

type OfGroup = { id: string }
const groupPolicy = {
  schema: Policy, table: 'Policy' as const, permission: 'group:read' as const, idOf: (params: OfGroup) => params.id,
  read: async (ctx: Ctx<'group:read'>, params: OfGroup) => policyOf(ctx, await findVisibleOwner(ctx, params.id), await findPolicy(ctx, params.id)),
}
const readGuardrails = async (ctx: Ctx) => policyOf(ctx, guardrailsOwner(ctx.orgId), await findPolicy(ctx, ctx.orgId))
const guardrails = { schema: Policy, table: 'Policy' as const, permission: 'guardrail:write' as const, idOf: () => '', read: readGuardrails }

async function pageOf(ctx: Ctx, ownerId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const { rows, nextCursor } = await listPolicyVersions(ctx, ownerId, { limit, after: cursor })
  return { data: rows.map(versionOf), nextCursor }
}

const versionAt = async (ctx: Ctx, ownerId: string, number: number) => {
  const found = await findPolicyVersion(ctx, ownerId, number)
  return { ...versionOf(found), text: found.text }
}

const policyRoutes = [
  defineRead({
    ...ofGroup, path: '/groups/{id}/policy', summary: 'Show a group’s policy', permission: 'group:read', output: Policy, example: EXAMPLES.policy, hasVersion: true,
    description: 'The text, the form it makes, and what is wrong with it by now. A group without a policy has version 0 and an empty text.',
    read: (ctx, { params }) => groupPolicy.read(ctx, params),
  }),
  defineRoute({
    ...ofGroup, method: 'put', path: '/groups/{id}/policy', summary: 'Save a group’s policy', operation: savePolicy, query: RehearsedQuery, rehearsal: tellPreview, body: Saving, bodyExample, example: EXAMPLES.policy,
    description: `Saved when it is valid, names only what the organization has, gives only what its author holds (403), and passes its tests. What is wrong with the text is 422 with \`message\`, \`start\` and \`end\` in \`errors\`. An empty text takes the policy away. ${REHEARSAL} Conditions count there as they are met at this moment, from no particular address; \`undecided\` tells which look at more.`,
    input: ({ params, body }) => ({ ...body, groupId: params.id }), resource: groupPolicy, errors: saveErrors,
  }),
  defineQuestion({
    ...ofGroup, path: '/groups/{id}/policy/validate', summary: 'Check a policy text', permission: 'group:read', body: Text, bodyExample: { text: EXAMPLES.text },
    output: PolicyReading, example: EXAMPLES.reading, description: 'Nothing is saved. A text that does not validate is answered with its `errors`, as 200.',
    ask: async (ctx, { params, body }) => readingOf(ctx, await findVisibleOwner(ctx, params.id), body.text),
  }),
  defineQuestion({
    ...ofGroup, path: '/groups/{id}/policy/try', summary: 'Try a policy text', permission: 'group:read', body: Tried, bodyExample: EXAMPLES.question, output: TrialAnswer, example: EXAMPLES.trial,
    description: 'What a text, or without one the saved policy, says to a question. Whoever asks counts as a member of the group.',
    ask: async (ctx, { params, body: { text, ...question } }) =>
      trialOf(await tryText(ctx, await findVisibleOwner(ctx, params.id), text ?? (await findPolicy(ctx, params.id)).text, question)),
  }),
  defineRead({
    ...ofGroup, path: '/groups/{id}/policy/tests', summary: 'List tests of a policy', permission: 'group:read', output: Tests, example: EXAMPLES.tests,
    read: async (ctx, { params }) => testsOf(await findPolicyTests(ctx, (await findVisibleOwner(ctx, params.id)).ownerId)),
  }),
  defineRoute({
    ...ofGroup, method: 'put', path: '/groups/{id}/policy/tests', summary: 'Replace the tests of a policy', operation: setPolicyTests, body: TestList, bodyExample: EXAMPLES.tests,
    description: 'Each test is a question with its expected answer; a policy that fails one is not saved.', output: Tests, example: EXAMPLES.tests,
    input: ({ params, body }) => ({ groupId: params.id, tests: body.data }), answer: async (ctx, { ownerId }) => testsOf(await findPolicyTests(ctx, ownerId)), errors: ['conflict'],
  }),
  defineRead({
    ...ofGroup, path: '/groups/{id}/policy/versions', summary: 'List versions of a policy', permission: 'group:read', query: Query, output: listOf(Version),
    example: { data: [EXAMPLES.version], nextCursor: null }, read: async (ctx, { params, query }) => pageOf(ctx, (await findVisibleOwner(ctx, params.id)).ownerId, query),
  }),
  defineRead({
    ...ofGroupVersion, path: '/groups/{id}/policy/versions/{version}', summary: 'Show a version of a policy', permission: 'group:read', output: WholeVersion, example: EXAMPLES.wholeVersion,
    read: async (ctx, { params }) => versionAt(ctx, (await findVisibleOwner(ctx, params.id)).ownerId, params.version),
  }),
  defineRoute({
    ...ofGroupVersion, method: 'post', path: '/groups/{id}/policy/versions/{version}/restore', summary: 'Restore a version of a policy', operation: restorePolicy,
    description: `Saves the text of that version as the newest one, under the rules of now. ${REHEARSAL}`, query: RehearsedQuery, rehearsal: tellPreview, body: Restoring, bodyExample: {}, output: Policy, example: EXAMPLES.policy,
    input: ({ params, body }) => ({ ...body, groupId: params.id, version: params.version }), errors: saveErrors,
    answer: async (ctx, _value, { params }) => policyOf(ctx, await findGroupOwner(ctx, params.id), await findPolicy(ctx, params.id)),
  }),
]

const guardrailRoutes = [
  defineRead({
    ...ofGuardrails, path: '/guardrails', summary: 'Show guardrails', permission: 'guardrail:write', output: Policy, example: EXAMPLES.policy, hasVersion: true,
    description: 'What nobody may, whatever roles and policies say.', read: readGuardrails,
  }),
  defineRoute({
    ...ofGuardrails, method: 'put', path: '/guardrails', summary: 'Save guardrails', operation: saveGuardrails, query: RehearsedQuery, rehearsal: tellPreview, body: Saving, bodyExample: { text: 'forbid(principal, action == Standard::Action::"cluster:delete", resource);' },
    description: `Statements that forbid. Guardrails that would leave no administrator, or keep their author from changing them again, are 409. ${REHEARSAL}`,
    input: ({ body }) => body, resource: guardrails, example: EXAMPLES.policy, errors: saveErrors,
  }),
  defineQuestion({
    ...ofGuardrails, path: '/guardrails/validate', summary: 'Check a text of guardrails', permission: 'guardrail:write', body: Text, bodyExample: { text: EXAMPLES.text }, output: PolicyReading, example: EXAMPLES.reading,
    ask: (ctx, { body }) => readingOf(ctx, guardrailsOwner(ctx.orgId), body.text),
  }),
  defineQuestion({
    ...ofGuardrails, path: '/guardrails/try', summary: 'Try a text of guardrails', permission: 'guardrail:write', body: Tried, bodyExample: EXAMPLES.question, output: TrialAnswer, example: EXAMPLES.trial,
    ask: async (ctx, { body: { text, ...question } }) => trialOf(await tryText(ctx, guardrailsOwner(ctx.orgId), text ?? (await findPolicy(ctx, ctx.orgId)).text, question)),
  }),
  defineRead({
    ...ofGuardrails, path: '/guardrails/tests', summary: 'List tests of guardrails', permission: 'guardrail:write', output: Tests, example: EXAMPLES.tests,
    read: async (ctx) => testsOf(await findPolicyTests(ctx, ctx.orgId)),
  }),
  defineRoute({
    ...ofGuardrails, method: 'put', path: '/guardrails/tests', summary: 'Replace the tests of guardrails', operation: setGuardrailTests, body: TestList, bodyExample: EXAMPLES.tests, output: Tests, example: EXAMPLES.tests,
    input: ({ body }) => ({ tests: body.data }), answer: async (ctx, { ownerId }) => testsOf(await findPolicyTests(ctx, ownerId)),
  }),
  defineRead({
    ...ofGuardrails, path: '/guardrails/versions', summary: 'List versions of guardrails', permission: 'guardrail:write', query: Query, output: listOf(Version),
    example: { data: [EXAMPLES.version], nextCursor: null }, read: (ctx, { query }) => pageOf(ctx, ctx.orgId, query),
  }),
  defineRead({
    ...ofGuardrailVersion, path: '/guardrails/versions/{version}', summary: 'Show a version of guardrails', permission: 'guardrail:write', output: WholeVersion, example: EXAMPLES.wholeVersion,
    read: (ctx, { params }) => versionAt(ctx, ctx.orgId, params.version),
  }),
  defineRoute({
    ...ofGuardrailVersion, method: 'post', path: '/guardrails/versions/{version}/restore', summary: 'Restore a version of guardrails', operation: restoreGuardrails, query: RehearsedQuery, rehearsal: tellPreview, body: Restoring, bodyExample: {},
    output: Policy, example: EXAMPLES.policy, input: ({ params, body }) => ({ ...body, version: params.version }), answer: readGuardrails, errors: saveErrors,
  }),
]

/** Every route of policies and guardrails. */
export const policyApiRoutes = [...policyRoutes, ...guardrailRoutes]
