import type { Ctx } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import { checkPolicyText, PROBLEMS_MAX, type CheckedPolicy } from '@/lib/access/policies/check'
import { namesOf } from '@/lib/access/policies/names'
import type { PolicyProblem } from '@/lib/access/policies/policy-text'
import { entitiesNamedIn, type NamedEntity } from '@/lib/access/policies/references'
import { findNamedResources, refKey, type NamedResource } from './naming'
import type { PolicyOwner } from './rules'

type Inside = Pick<Ctx, 'tx' | 'orgId' | 'model'>

/** An entity of the text with what its type stands for. */
type Named = NamedEntity & { what: 'user' | 'group' | 'service_account' | 'token' } | NamedEntity & { what: 'resource'; type: string }

function meaningsOf(model: AccessModel, text: string): Named[] {
  const names = namesOf(model)
  return entitiesNamedIn(text).flatMap((named): Named[] => {
    const meaning = names.meaningOf(named.entity.type)
    if (!meaning) return []
    if (meaning.kind === 'principal') return [{ ...named, what: meaning.principal }]
    const isGroup = model.resourceTypes.some(({ name, standsFor }) => name === meaning.type && standsFor === 'group')
    return [isGroup ? { ...named, what: 'group' } : { ...named, what: 'resource', type: meaning.type }]
  })
}

type Known = {
  users: ReadonlySet<string>
  /** Groups with the resource each belongs to. */
  groups: ReadonlyMap<string, string | null>
  accounts: ReadonlySet<string>
  tokens: ReadonlySet<string>
  resources: ReadonlyMap<string, NamedResource>
  /** Our ids of the named resources that lie at or below where the group belongs; null: everywhere will do. */
  inside: ReadonlySet<string> | null
}

async function findKnown({ tx, orgId, model }: Inside, named: readonly Named[], home: string | null): Promise<Known> {
  const idsOf = (what: Named['what']) => [...new Set(named.filter((each) => each.what === what).map(({ entity }) => entity.id))]
  const found = async (ids: string[], find: (where: { organizationId: string; id: { in: string[] } }) => Promise<{ id: string }[]>) =>
    new Set(ids.length === 0 ? [] : (await find({ organizationId: orgId, id: { in: ids } })).map(({ id }) => id))
  const select = { id: true } as const
  const groupIds = idsOf('group')
  const groups = groupIds.length === 0 ? [] : await tx.group.findMany({ where: { organizationId: orgId, id: { in: groupIds } }, select: { id: true, resourceId: true } })
  const refs = named.flatMap((each) => (each.what === 'resource' ? [{ type: each.type, id: each.entity.id }] : []))
  const resources = await findNamedResources({ tx, orgId, model }, refs)
  return {
    users: await found(idsOf('user'), (where) => tx.membership.findMany({ where, select })),
    groups: new Map(groups.map(({ id, resourceId }) => [id, resourceId])),
    accounts: await found(idsOf('service_account'), (where) => tx.serviceAccount.findMany({ where, select })),
    tokens: await found(idsOf('token'), (where) => tx.applicationToken.findMany({ where, select })),
    resources,
    inside: home === null ? null : await findInside({ tx, orgId }, [...resources.values()].map(({ resourceId }) => resourceId), home),
  }
}

/** Of these resources, those at or below another. */
async function findInside({ tx, orgId }: Pick<Ctx, 'tx' | 'orgId'>, ids: readonly string[], home: string): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.$queryRaw<{ start: string }[]>`
    WITH RECURSIVE up AS (
      SELECT "id" AS start, "id", "parentId" FROM "Resource" WHERE "organizationId" = ${orgId} AND "id" = ANY(${[...ids]})
      UNION SELECT up.start, r."id", r."parentId" FROM "Resource" r JOIN up ON r."id" = up."parentId" WHERE r."organizationId" = ${orgId})
    SELECT DISTINCT start FROM up WHERE "id" = ${home}`
  return new Set(rows.map(({ start }) => start))
}

/** What is wrong with naming this; null when it is there and may be named. */
function faultOf(model: AccessModel, named: Named, known: Known, home: string | null): { message: string; help?: string } | null {
  const { entity: { id } } = named
  const none = (what: string) => ({ message: `there is no ${what} \`${id}\` in this organization` })
  switch (named.what) {
    case 'user': return known.users.has(id) ? null : none('user')
    case 'service_account': return known.accounts.has(id) ? null : none('service account')
    case 'token': return known.tokens.has(id) ? null : none('application token')
    case 'group': {
      const place = known.groups.get(id)
      if (place === undefined) return none('group')
      return home === null || place === home ? null : { message: `the group \`${id}\` belongs to something else than this policy’s group` }
    }
    case 'resource': {
      const title = model.resourceTypes.find(({ name }) => name === named.type)?.title.toLowerCase() ?? named.type
      const resource = known.resources.get(refKey({ type: named.type, id }))
      if (!resource) return { ...none(title), help: model.rules.policiesNameExternalIds ? 'resources are named by the ids of the platform' : 'resources are named by their ids, such as fld_… or cls_…' }
      return known.inside === null || known.inside.has(resource.resourceId) ? null : { message: `\`${id}\` lies outside what the group belongs to` }
    }
  }
}

/**
 * Checks policy text: syntax, limits, every name and type against the access model, and every entity it names against the
 * organization; of a group that belongs to a resource, against what lies there.
 */
export async function checkOwnedText(ctx: Inside, { kind, resourceId }: Pick<PolicyOwner, 'kind' | 'resourceId'>, text: string): Promise<CheckedPolicy> {
  const checked = checkPolicyText(ctx.model, text, kind === 'guardrails' ? 'guardrails' : 'group')
  const named = meaningsOf(ctx.model, text)
  if (named.length === 0) return checked
  const known = await findKnown(ctx, named, resourceId)
  const foreign = named.flatMap((each): PolicyProblem[] => {
    const fault = faultOf(ctx.model, each, known, resourceId)
    return fault === null ? [] : [{ ...fault, start: each.start, end: each.end, statement: each.statement, severity: 'error' }]
  })
  if (foreign.length === 0) return checked
  const problems = [...checked.problems, ...foreign].sort((one, other) => one.start - other.start || one.end - other.end)
  return { ...checked, problems: problems.slice(0, PROBLEMS_MAX), isValid: false }
}
