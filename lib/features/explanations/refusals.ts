import type { Ctx } from '@/lib/access/context'
import { explainAccess } from '@/lib/access/decide'
import type { Outcome } from '@/lib/access/engine/explain'
import { findGrantors } from '@/lib/access/grantors'
import { nameOfMissing } from '@/lib/access/missing'
import { indexStore } from '@/lib/access/snapshots/index-store'
import type { MissingRight } from '@/lib/errors'
import { explainAddress } from './address'
import { describeAction, findNames, placeOf } from './names'
import { findAddresses, GRANTORS_SHOWN, tellAssignment } from './queries'
import type { Place } from './told'

/** A role of the refused person that permits it, and why it does not count here. */
export type NearRole = { role: string; scope: Place; via: string | null; outcome: Outcome; words: string }

/** A 403, explained to whoever got it: with what is theirs to know, and nothing else. */
export type ToldRefusal = {
  permission: string
  title: string
  description: string
  /** Where it is missing; without name and type where they may not be known. */
  scope: { id: string; name?: string; type?: string }
  /** Who can give it, by address. */
  grantors: string[]
  near: NearRole[]
  /** Titles of the model's roles that carry it, least powerful first. */
  roles: string[]
  /** The whole explanation in the console, for those who may ask. */
  explainPath: string | null
}

const NEAR_SHOWN = 5
const ROLES_SHOWN = 5

/** What a person lacks, who can give it, and which of their own roles came near. */
export async function explainRefusal(ctx: Ctx, missing: MissingRight): Promise<ToldRefusal> {
  const { principal, actor, rights, orgId, organization } = ctx
  const permission = nameOfMissing(missing)
  const index = await indexStore().atLeast(orgId, 0)
  const at = ctx.now.getTime()
  const narrowing = actor.type === 'credential' ? actor.narrowing : null
  const answer = explainAccess(index, { principalId: principal.id, permission, resourceId: missing.scope, at, ...(narrowing && { narrowing }) })
  const helping = answer.wouldGrant.filter(({ role }) => role.builtIn || rights.anywhere('role:read')).slice(0, ROLES_SHOWN)
  const names = await findNames(ctx, answer.considered, helping.map(({ role }) => role.id))
  const near = answer.considered.filter(({ outcome }) => outcome !== 'lacks-permission' && outcome !== 'grants').slice(0, NEAR_SHOWN)
  const { title, description } = describeAction(ctx, permission)
  const place = answer.path.at(-1)
  const isKnown = missing.scope === orgId || rights.holds('resource:read', missing.scope)
  return {
    permission, title, description,
    scope: missing.scope === orgId ? { id: orgId, name: organization.name, type: 'organization' } : { id: missing.scope, ...(isKnown && place && { name: place.name, type: place.type }) },
    grantors: await findAddresses(ctx, findGrantors(index, permission, missing.scope, at, GRANTORS_SHOWN)),
    near: near.map((each) => {
      const { role, scope, via, outcome, words } = tellAssignment(ctx, names, each)
      return { role, scope: placeOf(ctx, scope), via, outcome, words }
    }),
    roles: helping.flatMap(({ role }) => names.roles.get(role.id)?.title ?? []),
    explainPath: principal.type !== 'command' && rights.holds('decision:ask', missing.scope) ? explainAddress(organization.slug, { who: principal.id, action: permission, resource: missing.scope }) : null,
  }
}
