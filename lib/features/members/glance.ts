import type { Ctx } from '@/lib/access/context'
import { verbsOf, VERBS, type Verb } from '@/lib/access/models/access-model'
import { accessOfOthers } from '@/lib/access/of-others'
import type { MemberRow } from './rules'

/** The resource that the Actions column is about, and others to choose. */
export type GlancePlaces = { at: { id: string; name: string }; places: { id: string; name: string; typeTitle: string }[] }

const PLACES_SHOWN = 30

/**
 * Where a glance may be had: the organization and what lies at its top, or where the asker's right to see users begins.
 *
 * @param wanted the id of any resource at which the asker may see users; anything else counts as not wanted
 */
export async function findGlancePlaces(ctx: Ctx<'member:read'>, wanted: string | undefined): Promise<GlancePlaces> {
  const { rights, orgId, model } = ctx
  const root = { id: orgId, type: 'organization', name: ctx.organization.name }
  const begins = rights.holds('member:read') ? null : [...rights.roots('member:read')]
  const found = await ctx.tx.resource.findMany({
    where: { organizationId: orgId, ...(begins === null ? { parentId: orgId } : { id: { in: begins } }) },
    select: { id: true, type: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: PLACES_SHOWN,
  })
  const listed = begins === null ? [root, ...found] : found
  const isMissing = wanted !== undefined && !listed.some(({ id }) => id === wanted) && rights.knows(wanted) && rights.holds('member:read', wanted)
  const more = isMissing ? await ctx.tx.resource.findMany({ where: { organizationId: orgId, id: wanted }, select: { id: true, type: true, name: true } }) : []
  const places = [...listed, ...more]
  const at = places.find(({ id }) => id === wanted) ?? places[0] ?? root
  const titles = new Map(model.resourceTypes.map(({ name, title }) => [name, title]))
  return { at: { id: at.id, name: at.name }, places: places.map(({ id, type, name }) => ({ id, name, typeTitle: titles.get(type) ?? type })) }
}

/** Which of the four verbs each of these people may do at a resource or everywhere below it, by the model's permissions. */
export async function findGlances(ctx: Ctx<'member:read'>, rows: readonly Pick<MemberRow, 'id'>[], resourceId: string): Promise<Map<string, Verb[]>> {
  const others = await accessOfOthers(ctx)
  const byVerb = VERBS.map((verb) => ({ verb, names: ctx.model.permissions.filter((permission) => verbsOf(permission).includes(verb)).map(({ name }) => name) }))
  return new Map(rows.map(({ id }) => [id, byVerb.filter(({ names }) => names.some((name) => others.may(id, name, resourceId))).map(({ verb }) => verb)]))
}

/** Which of these people have a second factor. Invitations have no account yet, and are in neither. */
export async function findFactorHolders({ tx, orgId }: Ctx<'member:read'>, rows: readonly Pick<MemberRow, 'id'>[]): Promise<Record<string, boolean>> {
  const found = await tx.membership.findMany({ where: { organizationId: orgId, id: { in: rows.map(({ id }) => id) }, accountId: { not: null } }, select: { id: true, account: { select: { hasSecondFactor: true } } } })
  return Object.fromEntries(found.map(({ id, account }) => [id, account?.hasSecondFactor === true]))
}
