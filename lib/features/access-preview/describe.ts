import type { Ctx } from '@/lib/access/context'
import type { AccessPreview, AccessShift } from '@/lib/access/preview'
import { permissionTitle } from '@/lib/features/roles/rules'
import { LINES_MAX, type AccessPreviewView, type ShiftLine, type UndecidedStatement } from './rules'

const ORDER = ['user', 'group', 'service_account', 'token', 'unknown'] as const

const inOrder = (shifts: readonly AccessShift[]): AccessShift[] => [...shifts].sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))

/** Names of principals of every kind, by id: people by name or address. */
async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const where = { organizationId: ctx.orgId, id: { in: [...new Set(ids)] } }
  const people = await ctx.tx.membership.findMany({ where, select: { id: true, name: true, email: true } })
  const groups = await ctx.tx.group.findMany({ where, select: { id: true, name: true } })
  const accounts = await ctx.tx.serviceAccount.findMany({ where, select: { id: true, name: true } })
  return new Map([...people.map(({ id, name, email }) => [id, name || email] as const), ...[...groups, ...accounts].map(({ id, name }) => [id, name] as const)])
}

/** Whose statement it is; its text only for whoever may read it where it stands. */
function tellUndecided(ctx: Ctx, names: ReadonlyMap<string, string>, { ownerId: id, text }: AccessPreview['undecided'][number]): UndecidedStatement {
  if (id === ctx.orgId) return { owner: { type: 'guardrails', id, name: 'Guardrails' }, text: ctx.rights.holds('guardrail:write') ? text : null }
  return { owner: { type: 'group', id, name: names.get(id) ?? id }, text: ctx.rights.anywhere('group:read') ? text : null }
}

/**
 * A preview with names and titles, for people and for answers of the API. Whoever may make the change may see whom it
 * concerns.
 */
export async function describePreview(ctx: Ctx, { shifts, lookedAt, unseenMembers, since, undecided }: AccessPreview): Promise<AccessPreviewView> {
  const [losing, gaining] = [inOrder(shifts.filter(({ lost }) => lost.length > 0)), inOrder(shifts.filter(({ gained }) => gained.length > 0))]
  const shown = [...losing.slice(0, LINES_MAX), ...gaining.slice(0, LINES_MAX)]
  const names = await namesOf(ctx, [...shown.map(({ principalId }) => principalId), ...undecided.map(({ ownerId }) => ownerId)])
  const places = await ctx.tx.resource.findMany({ where: { organizationId: ctx.orgId, id: { in: [...new Set(shown.map(({ resourceId }) => resourceId))] } }, select: { id: true, type: true, name: true } })
  const resources = new Map(places.map((place) => [place.id, place]))
  const lineOf = ({ principalId, kind, resourceId }: AccessShift, permissions: readonly string[]): ShiftLine => ({
    principal: { type: kind, id: principalId, name: names.get(principalId) ?? principalId },
    resource: resources.get(resourceId) ?? { type: 'unknown', id: resourceId, name: resourceId },
    permissions: permissions.map((name) => ({ name, title: permissionTitle(ctx.model, name) })),
  })
  return {
    losses: losing.slice(0, LINES_MAX).map((shift) => lineOf(shift, shift.lost)),
    gains: gaining.slice(0, LINES_MAX).map((shift) => lineOf(shift, shift.gained)),
    moreLosses: Math.max(0, losing.length - LINES_MAX),
    moreGains: Math.max(0, gaining.length - LINES_MAX),
    lookedAt,
    unseenMembers,
    since: since === null ? null : new Date(since).toISOString(),
    undecided: undecided.map((each) => tellUndecided(ctx, names, each)),
  }
}
