import { isIP } from 'node:net'
import type { Ctx } from '@/lib/access/context'
import { Prisma } from '@/lib/generated/prisma/client'
import { firstIdAt, invitationIdOf, membershipIdOf } from '@/lib/ids'
import { containing } from './rules'
import type { AuditFilters } from './schema'
import { eventsTitled } from './sentences'

const { sql, join } = Prisma
const OUR_ID = /^[a-z]{3}_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** People whose name fits the search box, at most. */
const NAMED_MAX = 50

const anyOf = (texts: readonly string[]): Prisma.Sql => sql`ANY(${[...texts]}::text[])`

/** One value is compared plainly, so that an index in this column and then the id gives a page in order. */
const isOneOf = (column: Prisma.Sql, values: readonly string[]): Prisma.Sql => (values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = ${anyOf(values)}`)

/** A person's two names for the same thing: an invitation keeps its id's UUID when it becomes a member. */
const sameThing = (id: string): string[] => (/^(usr|inv)_/.test(id) ? [membershipIdOf(id), invitationIdOf(id)] : [id])

/** A person acts as a member, and as an account when signing in: whoever asks for one means both. */
async function actorIds(ctx: Ctx<'audit:read'>, id: string): Promise<string[]> {
  if (!/^(usr|acc)_/.test(id)) return [id]
  const own = id.startsWith('usr_') ? { id } : { accountId: id }
  const member = await ctx.tx.membership.findFirst({ where: { organizationId: ctx.orgId, ...own }, select: { id: true, accountId: true } })
  return member ? [member.id, ...(member.accountId ? [member.accountId] : [])] : [id]
}

async function byActor(ctx: Ctx<'audit:read'>, actor: string): Promise<Prisma.Sql> {
  if (actor.includes('@')) return sql`e."actorName" = ${actor.toLowerCase()}`
  return isOneOf(sql`e."actorId"`, await actorIds(ctx, actor))
}

/** Everything a person is known by in the log, from part of an address or name; bounded. */
async function namedIds(ctx: Ctx<'audit:read'>, text: string): Promise<string[]> {
  const members = await ctx.tx.$queryRaw<{ id: string; accountId: string | null }[]>`
    SELECT "id", "accountId" FROM "Membership" WHERE "organizationId" = ${ctx.orgId} AND "searchText" LIKE ${containing(text.toLowerCase())} LIMIT ${NAMED_MAX}`
  return members.flatMap(({ id, accountId }) => [...sameThing(id), ...(accountId ? [accountId] : [])])
}

/** What the words of the search box mean: an event, request, actor, target or session by id; an address; a person; an action. */
async function bySearch(ctx: Ctx<'audit:read'>, q: string): Promise<Prisma.Sql> {
  const text = q.toLowerCase()
  if (text.startsWith('evt_')) return sql`e."id" = ${text}`
  if (text.startsWith('req_')) return sql`e."requestId" = ${text}`
  if (OUR_ID.test(text)) return sql`(e."actorId" = ${anyOf(await actorIds(ctx, text))} OR e."targetIds" && ${sameThing(text)}::text[])`
  if (isIP(text) !== 0) return sql`e."address" = ${text}`
  const ids = await namedIds(ctx, text)
  const events = eventsTitled(text)
  return sql`(e."actorName" = ${text}${ids.length === 0 ? sql`` : sql` OR e."actorId" = ${anyOf(ids)} OR e."targetIds" && ${ids}::text[]`}${
    events.length === 0 ? sql`` : sql` OR e."event" = ${anyOf(events)}`})`
}

/** Resources at which the log may be read and what lies below them; null for the whole organization. */
export async function visibleTargets(ctx: Ctx<'audit:read'>): Promise<string[] | null> {
  const roots = ctx.rights.roots('audit:read')
  if (roots.includes(ctx.orgId)) return null
  const rows = await ctx.tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE below AS (
      SELECT "id" FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${anyOf(roots)}
      UNION SELECT r."id" FROM "Resource" r JOIN below b ON r."parentId" = b."id" WHERE r."organizationId" = ${ctx.orgId}
    ) SELECT "id" FROM below`
  return rows.map((row) => row.id)
}

/** A log's conditions over the alias `e`: list, histogram and export all ask with these. Times become bounds of ids. */
export async function conditionsOf(ctx: Ctx<'audit:read'>, filters: AuditFilters): Promise<Prisma.Sql> {
  const { from, to, actor, event, target, outcome, address, q } = filters
  const visible = await visibleTargets(ctx)
  return join([
    sql`e."organizationId" = ${ctx.orgId}`,
    ...(visible === null ? [] : [sql`e."targetIds" && ${visible}::text[]`]),
    ...(from === undefined ? [] : [sql`e."id" >= ${firstIdAt('event', from)}`]),
    ...(to === undefined ? [] : [sql`e."id" < ${firstIdAt('event', to)}`]),
    ...(actor === undefined ? [] : [await byActor(ctx, actor)]),
    ...(event.length === 0 ? [] : [isOneOf(sql`e."event"`, event)]),
    ...(target === undefined ? [] : [sql`e."targetIds" && ${sameThing(target)}::text[]`]),
    ...(outcome.length === 0 ? [] : [isOneOf(sql`e."outcome"`, outcome)]),
    ...(address === undefined ? [] : [sql`e."address" = ${address}`]),
    ...(q === undefined ? [] : [await bySearch(ctx, q)]),
  ], ' AND ')
}
