import { z } from 'zod'
import { defineRoute } from '@/lib/boundary/http'
import type { ApiRoute } from '@/lib/boundary/http-route'
import { describePreview } from '@/lib/features/access-preview/describe'
import { AccessPreviewAnswer, DryRun, EXAMPLE_PREVIEW } from '@/lib/features/access-preview/schema'
import { EXAMPLE_FOLDER, Params, ResourceShape, toResource } from './http-shapes'
import { moveResource } from './operations'
import { describeResource } from './queries'
import { MoveResourceInput, ResourceId } from './schema'

const Query = z.strictObject({ dryRun: DryRun })

const Moved = z.object({
  resource: ResourceShape,
  dryRun: z.boolean().meta({ description: 'Whether nothing was done but to tell.' }),
  access: AccessPreviewAnswer.nullable().meta({ description: 'Who gains and who loses what by it; null when the resource lies there already.' }),
}).meta({ id: 'Move' })

type MoveRoute = { path: string; tag: string; example: z.input<typeof ResourceShape>; type?: string }

/** `root`, nothing, or left out: the top. */
const destination = (id: string | null | undefined): string | null => (id === 'root' || id === '' ? null : (id ?? null))

/** The address at which a resource is moved, or with `?dryRun=true` told what a move would change. */
export function moveRoute({ path, tag, example, type }: MoveRoute): ApiRoute {
  return defineRoute({
    method: 'post',
    path,
    tag,
    summary: `Move a ${type ?? 'resource'}`,
    operation: moveResource,
    params: Params,
    query: Query,
    body: z.strictObject({ parent: MoveResourceInput.shape.parent, parentId: ResourceId.nullish().meta({ description: 'The same by its id alone.' }) }),
    bodyExample: { parent: { type: 'folder', id: EXAMPLE_FOLDER.id } },
    input: ({ params, query, body: { parent, parentId } }) => ({ id: params.id, type, parent: destination(parent?.id ?? parentId), dryRun: query.dryRun }),
    output: Moved,
    example: { resource: example, dryRun: true, access: EXAMPLE_PREVIEW },
    answer: async (ctx, { id, dryRun, preview }) => ({
      resource: toResource(await describeResource(ctx, id)), dryRun, access: preview && (await describePreview(ctx, preview)),
    }),
    errors: ['conflict', 'already-exists'],
  })
}
