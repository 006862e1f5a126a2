import type { Target } from '@/lib/boundary/audit'
import { Prisma } from '@/lib/generated/prisma/client'
import { ScimError } from '@/lib/scim/error'
import { fulfils } from '@/lib/scim/evaluate'
import type { MemberStep } from '@/lib/scim/member-changes'
import { findMembersOf, memberElement, type MemberOfGroup } from './group-rows'
import type { DirectoryCtx } from './scim-operation'

/** What is to become of a group's members, however many it has: only what changes is named. */
type Delta = { keepsPresent: boolean; add: Set<string>; remove: Set<string>; /** Who was in the group before, once somebody asked. */ present: readonly MemberOfGroup[] | null }

/** Most steps of one request for which all members are looked through. */
const CHOOSING_MAX = 50

async function chosen(ctx: DirectoryCtx, groupId: string, delta: Delta, step: Extract<MemberStep, { op: 'remove-chosen' }>): Promise<string[]> {
  const present = delta.keepsPresent ? (delta.present ??= (await findMembersOf(ctx, [groupId])).get(groupId) ?? []) : []
  const added = delta.add.size === 0 ? [] : await ctx.tx.membership.findMany({ where: { organizationId: ctx.orgId, id: { in: [...delta.add] } }, select: { id: true, name: true, email: true } })
  const all = [...present, ...added.map(({ id, name, email }) => ({ id, display: name || email }))]
  return all.filter((each) => fulfils(step.filter, memberElement(each))).map(({ id }) => id)
}

/** The steps one after the other, put together. */
async function deltaOf(ctx: DirectoryCtx, groupId: string, steps: readonly MemberStep[]): Promise<Delta> {
  const choosing = steps.filter(({ op }) => op === 'remove-chosen').length
  if (choosing > CHOOSING_MAX) throw new ScimError(413, 'tooMany', `a request may choose members by anything but their ids at most ${CHOOSING_MAX} times`)
  const delta: Delta = { keepsPresent: true, add: new Set(), remove: new Set(), present: null }
  for (const step of steps) {
    const ids = step.op === 'remove-chosen' ? await chosen(ctx, groupId, delta, step) : step.ids
    if (step.op === 'replace') Object.assign(delta, { keepsPresent: false, add: new Set<string>(), remove: new Set<string>() })
    const adds = step.op === 'add' || step.op === 'replace'
    for (const id of ids) {
      delta[adds ? 'add' : 'remove'].add(id)
      delta[adds ? 'remove' : 'add'].delete(id)
    }
  }
  return delta
}

type Person = { id: string; email: string }

/** People who are to be in a group must be the organization's. @throws ScimError `invalidValue` */
async function requireKnown(ctx: DirectoryCtx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await ctx.tx.$queryRaw<{ id: string }[]>`
    SELECT wanted."id" FROM unnest(${[...ids]}::text[]) AS wanted("id")
    WHERE NOT EXISTS (SELECT 1 FROM "Membership" m WHERE m."organizationId" = ${ctx.orgId} AND m."id" = wanted."id") LIMIT 1`
  const [missing] = rows
  if (missing) throw new ScimError(400, 'invalidValue', `\`members\`: no user \`${missing.id.slice(0, 100)}\``)
}

async function insert(ctx: DirectoryCtx, groupId: string, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return []
  return ctx.tx.$queryRaw<Person[]>`
    WITH added AS (
      INSERT INTO "GroupMember" ("organizationId", "groupId", "membershipId", "addedByName", "createdAt")
      SELECT ${ctx.orgId}, ${groupId}, wanted."id", ${ctx.principal.name}, ${ctx.now}
      FROM unnest(${[...ids]}::text[]) AS wanted("id")
      WHERE NOT EXISTS (SELECT 1 FROM "GroupMember" gm WHERE gm."groupId" = ${groupId} AND gm."membershipId" = wanted."id")
      RETURNING "membershipId")
    SELECT m."id", m."email" FROM added JOIN "Membership" m ON m."organizationId" = ${ctx.orgId} AND m."id" = added."membershipId" ORDER BY m."id"`
}

async function remove(ctx: DirectoryCtx, groupId: string, { keepsPresent, add, remove: gone }: Delta): Promise<Person[]> {
  if (keepsPresent && gone.size === 0) return []
  const which = keepsPresent ? Prisma.sql`"membershipId" = ANY(${[...gone]}::text[])` : Prisma.sql`NOT ("membershipId" = ANY(${[...add]}::text[]))`
  return ctx.tx.$queryRaw<Person[]>`
    WITH gone AS (DELETE FROM "GroupMember" WHERE "organizationId" = ${ctx.orgId} AND "groupId" = ${groupId} AND ${which} RETURNING "membershipId")
    SELECT m."id", m."email" FROM gone JOIN "Membership" m ON m."organizationId" = ${ctx.orgId} AND m."id" = gone."membershipId" ORDER BY m."id"`
}

export type MembersChanged = { added: Person[]; removed: Person[] }

/** Brings people into a group and takes others out, as the steps say. @throws ScimError */
export async function changeMembers(ctx: DirectoryCtx, groupId: string, steps: readonly MemberStep[]): Promise<MembersChanged> {
  if (steps.length === 0) return { added: [], removed: [] }
  const delta = await deltaOf(ctx, groupId, steps)
  await requireKnown(ctx, [...delta.add])
  const removed = await remove(ctx, groupId, delta)
  return { added: await insert(ctx, groupId, [...delta.add]), removed }
}

/** Most people that one event names. */
const NAMED_MAX = 100

const inWords = (people: readonly Person[]): string => (people.length === 1 ? (people[0]?.email ?? '') : `${people.length} people`)

/** What the log is told of it. */
export function memberEvents(group: Target, { added, removed }: MembersChanged) {
  const entry = (event: string, people: Person[]) => ({
    event, targets: [group, ...people.slice(0, NAMED_MAX).map(({ id, email }): Target => ({ type: 'user', id, name: email }))], detail: { people: inWords(people) },
  })
  return [...(added.length > 0 ? [entry('group.add-members', added)] : []), ...(removed.length > 0 ? [entry('group.remove-members', removed)] : [])]
}
