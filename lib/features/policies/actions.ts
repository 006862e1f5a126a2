'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { defineRehearsal } from '@/lib/boundary/rehearsal-action'
import { describePreview } from '@/lib/features/access-preview/describe'
import { saveGuardrails, savePolicy, setGuardrailTests, setPolicyTests } from './operations'
import { findPolicyVersion, findVisibleOwner, guardrailsOwner } from './queries'
import { GuardrailVersionInput, TestGuardrailsInput, TestPolicyInput, TryGuardrailsInput, TryPolicyInput, VersionInput } from './schema'
import { runTests, tryText } from './trial'

export const savePolicyAction = defineAction(savePolicy)
export const setPolicyTestsAction = defineAction(setPolicyTests)
export const saveGuardrailsAction = defineAction(saveGuardrails)
export const setGuardrailTestsAction = defineAction(setGuardrailTests)

/** Whose access a save would change; refused as the save itself. */
export const previewPolicyAction = defineRehearsal(savePolicy, describePreview)
export const previewGuardrailsAction = defineRehearsal(saveGuardrails, describePreview)

export const tryPolicyAction = defineReadAction('group:read', TryPolicyInput, async (ctx, { groupId, text, question }) =>
  tryText(ctx, await findVisibleOwner(ctx, groupId), text, question))
export const testPolicyAction = defineReadAction('group:read', TestPolicyInput, async (ctx, { groupId, text, tests }) =>
  runTests(ctx, await findVisibleOwner(ctx, groupId), text, tests))
export const findPolicyVersionAction = defineReadAction('group:read', VersionInput, async (ctx, { groupId, version }) =>
  findPolicyVersion(ctx, (await findVisibleOwner(ctx, groupId)).ownerId, version))

export const tryGuardrailsAction = defineReadAction('guardrail:write', TryGuardrailsInput, (ctx, { text, question }) => tryText(ctx, guardrailsOwner(ctx.orgId), text, question))
export const testGuardrailsAction = defineReadAction('guardrail:write', TestGuardrailsInput, (ctx, { text, tests }) => runTests(ctx, guardrailsOwner(ctx.orgId), text, tests))
export const findGuardrailVersionAction = defineReadAction('guardrail:write', GuardrailVersionInput, (ctx, { version }) => findPolicyVersion(ctx, ctx.orgId, version))
