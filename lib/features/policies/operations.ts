import type { Ctx, Entered } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { findGroupFacts } from '@/lib/features/groups/queries'
import { policyScope, requireUnlocked } from '@/lib/features/groups/rules'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { findGroupOwner, findPolicyVersion, guardrailsOwner } from './queries'
import type { PolicyOwner } from './rules'
import { saveTests, saveText } from './saving'
import {
  RestoreGuardrailsInput, RestorePolicyInput, SaveGuardrailsInput, SavePolicyInput, SetGuardrailTestsInput, SetPolicyTestsInput,
} from './schema'

/** Where the permission to write a group's policy must be held. */
const scopeOf = async ({ groupId }: { groupId: string }, entered: Entered): Promise<string> => policyScope(entered.orgId, await findGroupFacts(entered, groupId))

/** The group whose policy is about to change, with the organization locked. @throws AppError `conflict` for a locked group */
async function lockOwner(ctx: Ctx, groupId: string): Promise<PolicyOwner> {
  await lockOrganization(ctx.tx, ctx.orgId)
  const { isAdmin, ...owner } = await findGroupOwner(ctx, groupId)
  requireUnlocked({ name: owner.name, isAdmin }, 'its policy')
  return owner
}

async function lockGuardrails(ctx: Ctx): Promise<PolicyOwner> {
  await lockOrganization(ctx.tx, ctx.orgId)
  return guardrailsOwner(ctx.orgId)
}

/** A group's policy: what its members may do beside their roles. */
export const savePolicy = operation({
  event: 'policy.save',
  permission: 'policy:write',
  input: SavePolicyInput,
  scope: scopeOf,
  run: async (ctx, { groupId, ...saving }) => saveText(ctx, await lockOwner(ctx, groupId), saving),
})

/** An earlier text, saved again as the newest version, under the rules of now. */
export const restorePolicy = operation({
  event: 'policy.restore',
  permission: 'policy:write',
  input: RestorePolicyInput,
  scope: scopeOf,
  run: async (ctx, { groupId, version, overrideReason }) => {
    const owner = await lockOwner(ctx, groupId)
    const { text } = await findPolicyVersion(ctx, groupId, version)
    return saveText(ctx, owner, { text, note: `restored from version ${version}`, overrideReason })
  },
})

/** The questions asked of a group's policy before it is saved. */
export const setPolicyTests = operation({
  event: 'policy.set-tests',
  permission: 'policy:write',
  input: SetPolicyTestsInput,
  scope: scopeOf,
  run: async (ctx, { groupId, tests }) => saveTests(ctx, await lockOwner(ctx, groupId), tests),
})

/** What nobody may, whatever roles and policies say. */
export const saveGuardrails = operation({
  event: 'guardrail.save',
  permission: 'guardrail:write',
  input: SaveGuardrailsInput,
  run: async (ctx, saving) => saveText(ctx, await lockGuardrails(ctx), saving),
})

export const restoreGuardrails = operation({
  event: 'guardrail.restore',
  permission: 'guardrail:write',
  input: RestoreGuardrailsInput,
  run: async (ctx, { version, overrideReason }) => {
    const owner = await lockGuardrails(ctx)
    const { text } = await findPolicyVersion(ctx, ctx.orgId, version)
    return saveText(ctx, owner, { text, note: `restored from version ${version}`, overrideReason })
  },
})

export const setGuardrailTests = operation({
  event: 'guardrail.set-tests',
  permission: 'guardrail:write',
  input: SetGuardrailTestsInput,
  run: async (ctx, { tests }) => saveTests(ctx, await lockGuardrails(ctx), tests),
})
