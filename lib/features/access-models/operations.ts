import type { Ctx } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { corePermissionNames } from '@/lib/access/permissions'
import type { AuditJson } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { firstMissing } from '@/lib/features/roles/rules'
import { findImpact } from './impact'
import type { ImpactLine } from './impact-lines'
import { currentVersion } from './queries'
import { CUSTOM_MODEL, readModel } from './reading'
import { gainedPermissions, type Inventory } from './rules'
import { SaveAccessModelInput } from './schema'
import { storeModel } from './store'

type Given = { text?: string | undefined; model?: unknown }

/** The text that was given, or of an object what it is as text. */
const textOf = ({ text, model }: Given): string => text ?? JSON.stringify(model, null, 2)

/** @throws AppError `invalid-input` with every fault and its place */
export const readGiven = (given: Given): { text: string; model: AccessModel } => {
  const text = textOf(given)
  return { text, model: readModel(text, given.text === undefined ? 'model' : 'text') }
}

const inWords = (lines: readonly ImpactLine[]): string =>
  lines.map(({ count, what, examples }) => `${count} ${what}${examples.length > 0 ? ` (${examples.join('; ')})` : ''}`).join('; ')

/** @throws AppError `conflict` when somebody saved another version meanwhile */
export async function requireVersion(ctx: Ctx, baseVersion: number | undefined): Promise<number> {
  const version = await currentVersion(ctx)
  if (baseVersion === undefined || baseVersion === version) return version
  throw new AppError('precondition-failed', `the change was decided on version ${baseVersion}, and version ${version} is in force by now; look at it, then decide again`)
}

/**
 * Nobody gives what they do not hold: what roles in use come to permit, the saver must hold at the organization; and what
 * the model did not know before, only somebody gives who may do everything it knows.
 *
 * @throws AppError `forbidden`
 */
export function requireGainsHeld(ctx: Ctx, after: AccessModel, inventory: Inventory): void {
  const all = [...ctx.model.permissions.map(({ name }) => name), ...corePermissionNames.map((name) => CORE_PREFIX + name)]
  const gained = [...gainedPermissions(ctx.model, after, inventory)]
  const isNew = gained.find((name) => !all.includes(name))
  const missing = firstMissing(ctx.rights, gained.filter((name) => all.includes(name)), ctx.orgId)
  if (missing !== null)
    throw new AppError('forbidden', `the change gives \`${missing}\` to people who hold a role, and you do not hold it yourself`, { missing: { permission: missing, scope: ctx.orgId, isNamed: true } })
  const lacking = isNew === undefined ? null : firstMissing(ctx.rights, all, ctx.orgId)
  if (lacking !== null)
    throw new AppError('forbidden', `\`${isNew ?? ''}\` is new and roles in use permit it; only somebody who may do everything can add it, and \`${lacking}\` is missing`, { missing: { permission: lacking, scope: ctx.orgId, isNamed: true } })
}

function requireConfirmed(breaks: readonly ImpactLine[], isConfirmed: boolean): void {
  if (breaks.length === 0 || isConfirmed) return
  throw new AppError('conflict', `the change breaks what is in use: ${inWords(breaks)}; confirm it if it is meant`, {
    fields: [{ path: 'confirmBreaking', message: 'Confirm that this may break' }],
  })
}

/**
 * Puts an access model of the organization's own in force, in place of the one before or of a built-in one. Refused while
 * resources, groups or guardrails could not be under it; roles, assignments and policies break only when confirmed.
 */
export const saveAccessModel = operation({
  event: 'access-model.save',
  permission: 'organization:write',
  input: SaveAccessModelInput,
  run: async (ctx, input) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const before = await requireVersion(ctx, input.baseVersion)
    const { text, model } = readGiven(input)
    const { inventory, changes, refused, breaks } = await findImpact(ctx, model)
    if (refused.length > 0) throw new AppError('conflict', `the model does not fit what is there: ${inWords(refused)}`)
    requireGainsHeld(ctx, model, inventory)
    requireConfirmed(breaks, input.confirmBreaking)
    const version = before + 1
    await storeModel(ctx, { version, text, note: input.note, model }, inventory)
    await assertAdministratorRemains({ tx: ctx.tx, orgId: ctx.orgId, model })
    const told: AuditJson = {
      changes: changes.slice(0, 50).map(({ kind, change, name }) => `${kind} ${name} ${change}`),
      ...(breaks.length > 0 && { breaks: breaks.map((line) => inWords([line])) }), ...(input.note && { note: input.note }),
    }
    return {
      value: { version }, targets: [{ type: 'access_model', id: ctx.orgId, name: model.title }],
      before: { version: before, model: ctx.organization.accessModel, title: ctx.model.title },
      after: { version, model: CUSTOM_MODEL, title: model.title }, detail: told,
    }
  },
})
