import type { Ctx } from '@/lib/access/context'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { explainAddress } from '@/lib/features/explanations/address'
import { describeAction, kindOfId, placeOf } from '@/lib/features/explanations/names'
import { reasonInWords } from '@/lib/features/explanations/words'
import { listDenials, type DenialRow } from './queries'

/** A no that a program was told, in names, with the address of its explanation. */
export type RefusedLately = { id: string; at: string; who: string; action: string; resource: string; reason: string; askedBy: string; href: string }

/** What principals are called, by id. */
async function namePrincipals({ tx, orgId }: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const where = (kind: ReturnType<typeof kindOfId>) => ({ organizationId: orgId, id: { in: ids.filter((id) => kindOfId(id) === kind) } })
  const users = await tx.membership.findMany({ where: where('user'), select: { id: true, name: true, email: true } })
  const groups = await tx.group.findMany({ where: where('group'), select: { id: true, name: true } })
  const accounts = await tx.serviceAccount.findMany({ where: where('service_account'), select: { id: true, name: true } })
  const tokens = await tx.applicationToken.findMany({ where: where('token'), select: { id: true, description: true, publicId: true } })
  return new Map([
    ...users.map(({ id, name, email }): [string, string] => [id, name || email]), ...[...groups, ...accounts].map(({ id, name }): [string, string] => [id, name]),
    ...tokens.map(({ id, description, publicId }): [string, string] => [id, description || publicId]),
  ])
}

/** Whom to ask about in the console: a key is narrower than its owner. */
const subjectOf = ({ principalId, asked }: DenialRow): string => (kindOfId(asked.subject.id) === 'api_key' ? asked.subject.id : (principalId ?? asked.subject.id))

/** The newest denials that programs were told, for whoever may read the log. @throws AppError `forbidden` */
export async function listRefusedLately(ctx: Ctx<'audit:read'>, limit: number): Promise<RefusedLately[]> {
  const { rows } = await listDenials(ctx, {}, { limit })
  const names = await namePrincipals(ctx, [...new Set(rows.flatMap(({ principalId, callerId }) => [principalId ?? '', callerId]))])
  const { snapshot: { tree, vocabulary } } = await indexStore().atLeast(ctx.orgId, 0)
  const nameOfResource = (id: string): string | null => {
    const node = tree.ids.find(id)
    return node < 0 ? null : placeOf(ctx, { id, type: vocabulary.typeNames[tree.typeOf(node)] ?? '', name: tree.names[node] ?? '' }).name
  }
  return rows.map((row) => {
    const { id, at, reason, principalId, permission, resourceId, asked, callerId } = row
    return {
      id, at, reason: reasonInWords(reason), who: names.get(principalId ?? '') ?? asked.subject.id, action: permission === null ? 'An action that is not in the access model' : describeAction(ctx, permission).title,
      resource: (resourceId === null ? null : nameOfResource(resourceId)) ?? `${asked.resource.type} ${asked.resource.id}`, askedBy: names.get(callerId) ?? callerId,
      href: explainAddress(ctx.organization.slug, { who: subjectOf(row), action: permission ?? '', resource: resourceId ?? asked.resource.id, at: new Date(at), ip: asked.address }),
    }
  })
}
