import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { dryRunQuery, withDryRun } from '@/lib/boundary/http-dry-run'
import { listOf, pageQuery, Time } from '@/lib/boundary/http-schema'
import { saveAccessModel } from './operations'
import { findAccessModel, findModelVersion, listModelVersions } from './queries'
import { ModelVersionParam, SaveAccessModelInput, TryAccessModelInput } from './schema'
import { tryAccessModel } from './tryout'

const version = {
  version: z.int().meta({ description: 'Counted from 1.', example: 3 }),
  note: z.string(),
  savedBy: z.string().meta({ description: 'Name or address of who saved it.' }),
  savedAt: Time,
}
const Text = z.string().meta({ description: 'The JSON as it was saved.' })

const Model = z.record(z.string(), z.unknown()).meta({ description: 'Resource types, permissions, roles and rules; see docs/administrators/access-models.md.' })

const AccessModel = z.object({
  name: z.string().meta({ description: 'Name of a built-in model, or `custom`.', example: 'custom' }),
  title: z.string(),
  description: z.string(),
  isCustom: z.boolean().meta({ description: 'Whether it is the organization’s own.' }),
  model: Model,
  current: z.object({ ...version, text: Text }).nullable().meta({ description: 'Of a model of one’s own: the version in force.' }),
}).meta({ id: 'AccessModel' })

const ModelVersion = z.object(version).meta({ id: 'AccessModelVersion' })
const WholeVersion = z.object({ ...version, text: Text }).meta({ id: 'AccessModelVersionText' })

const Line = z.object({
  kind: z.string(), what: z.string().meta({ description: 'What happens to them, and why.' }), count: z.int(), examples: z.array(z.string()),
})
const Shift = z.object({
  principal: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  scope: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  gains: z.array(z.string()), loses: z.array(z.string()),
})
const Impact = z.object({
  changes: z.array(z.object({ kind: z.string(), change: z.string(), name: z.string(), title: z.string() })),
  refused: z.array(Line).meta({ description: 'In the way: saving is 409 until it is put right.' }),
  breaks: z.array(Line).meta({ description: 'Breaks when saved, which needs `confirmBreaking`.' }),
  shifts: z.array(Shift).meta({ description: 'Who gains and loses what, and where; the first fifty.' }),
  shiftCount: z.int(),
}).meta({ id: 'AccessModelImpact' })

const example = {
  title: 'Document store', resourceTypes: [{ name: 'record' }], permissions: [{ name: 'record:view', appliesTo: ['record'] }],
  roles: [{ name: 'owner', title: 'Owner', permissions: ['*'], core: ['*'], assignableAt: ['organization'] }, { name: 'reader', permissions: ['record:view'] }],
}

async function accessModel(ctx: Ctx<'organization:read'>): Promise<z.input<typeof AccessModel>> {
  const { name, model, current } = await findAccessModel(ctx)
  return { name, title: model.title, description: model.description, isCustom: current !== null, model: { ...model }, current }
}

const tag = 'Access model'
const Params = z.object({ version: ModelVersionParam.meta({ description: 'Number of the version.', example: 3 }) })

export const accessModelRoutes = [
  defineRead({
    path: '/access-model', tag, summary: 'Show the access model', permission: 'organization:read', output: AccessModel, hasVersion: true, read: accessModel,
    description: 'Which resource types, permissions and roles there are, and the rules about them.',
  }),
  withDryRun(defineRoute({
    method: 'put', path: '/access-model', tag, summary: 'Put an access model of one’s own in force',
    description: 'Instead of the model before, or of the built-in one the organization was made with. 422 tells each fault of the text with its line and column. 409: resources, groups or guardrails could not be under it; or roles, assignments or policies would break and `confirmBreaking` was not sent; or no administrator would remain.',
    operation: saveAccessModel,
    query: dryRunQuery,
    body: SaveAccessModelInput,
    bodyExample: { model: example, note: 'readers' },
    input: ({ body }) => body,
    errors: ['conflict', 'last-administrator'],
    resource: { schema: AccessModel, table: 'Organization', permission: 'organization:read', idOf: () => 'organization', read: accessModel },
  }), {
    permission: 'organization:write', body: SaveAccessModelInput, output: Impact,
    find: (ctx, { text, model, baseVersion }) => tryAccessModel(ctx, TryAccessModelInput.parse({ text, model, baseVersion })),
  }),
  defineRead({
    path: '/access-model/versions', tag, summary: 'List versions of the access model', permission: 'organization:read', query: z.strictObject(pageQuery), output: listOf(ModelVersion),
    description: 'Newest first. None while the organization has a built-in model.',
    read: async (ctx, { query }) => {
      const { rows, nextCursor } = await listModelVersions(ctx, query)
      return { data: rows, nextCursor }
    },
  }),
  defineRead({
    path: '/access-model/versions/{version}', tag, summary: 'Show a version of the access model', permission: 'organization:read', params: Params, output: WholeVersion,
    description: 'To restore it, put its text in force again.',
    read: (ctx, { params }) => findModelVersion(ctx, params.version),
  }),
]
