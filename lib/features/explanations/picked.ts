import type { Ctx } from '@/lib/access/context'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { describeAction, findWho, placeOf } from './names'
import type { ExplainRequest } from './schema'
import type { Found } from './search'

/** What a link has already chosen, in names, for the form to show. */
export async function findPicked(ctx: Ctx<'decision:ask'>, { who, action, resource }: ExplainRequest): Promise<Record<'who' | 'action' | 'resource', Found | null>> {
  const index = await indexStore().atLeast(ctx.orgId, 0)
  const { tree, vocabulary } = index.snapshot
  const subject = who === '' ? null : await findWho(ctx, index, who)
  const node = tree.ids.find(resource)
  const isVisible = node >= 0 && tree.isPresent(node) && ctx.rights.holds('decision:ask', resource)
  const place = isVisible ? placeOf(ctx, { id: resource, type: vocabulary.typeNames[tree.typeOf(node)] ?? '', name: tree.names[node] ?? '' }) : null
  return {
    who: subject && { value: who, label: subject.who.name, detail: subject.who.kind },
    action: action === '' ? null : { value: action, label: describeAction(ctx, action).title, detail: action },
    resource: place && { value: resource, label: place.name, detail: place.typeTitle },
  }
}
