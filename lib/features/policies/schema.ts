import { z } from 'zod'
import { idSchema } from '@/lib/ids'
import { PRINCIPAL_PREFIXES, TESTS_MAX } from './rules'

/** More than the largest policy, so that the reason comes with its place rather than as a wrong field. */
const TEXT_MAX = 200_000

const Text = z.string().max(TEXT_MAX)
const GroupId = idSchema('group')
const Name = z.string().trim().min(1).max(1_000)

/** Who asks in a test or a trial: a user, group, service account or application token. */
export const PrincipalId = z.string().max(80).refine((id) => PRINCIPAL_PREFIXES.some((prefix) => id.startsWith(prefix)), {
  error: `Use an id that begins with ${PRINCIPAL_PREFIXES.join(', ')}`,
})

/** What a question brings along: `ip`, `time` and what the access model declares. */
const Context = z.record(z.string().max(200), z.union([z.string().max(1_000), z.number(), z.boolean(), z.array(z.string().max(1_000)).max(100)]))
  .refine((context) => Object.keys(context).length <= 50, 'Use at most 50 attributes')

/** A question: `resource` is named as policies name it. */
export const PolicyQuestion = z.strictObject({
  principalId: PrincipalId,
  action: Name,
  resource: z.strictObject({ type: Name, id: Name }),
  context: Context.default({}),
})

export const PolicyTestInput = PolicyQuestion.extend({ name: z.string().trim().max(200).default(''), isAllowed: z.boolean() })

const Tests = z.array(PolicyTestInput).max(TESTS_MAX, `Keep at most ${TESTS_MAX} tests`)

const saving = {
  text: Text,
  /** The version that was edited, 0 for none; when another has been saved meanwhile, this one is refused. */
  version: z.int().min(0).optional(),
  /** What the change is for, kept in the history. */
  note: z.string().trim().max(500).default(''),
  /** Replaces the tests. */
  tests: Tests.optional(),
  /** Why it is saved although a test fails, in words. */
  overrideReason: z.string().trim().min(10, 'Say in a sentence why it is saved although a test fails').max(500).optional(),
}

const restoring = { version: z.int().min(1), overrideReason: saving.overrideReason }

export const SavePolicyInput = z.strictObject({ groupId: GroupId, ...saving })
export const RestorePolicyInput = z.strictObject({ groupId: GroupId, ...restoring })
export const SetPolicyTestsInput = z.strictObject({ groupId: GroupId, tests: Tests })
export const SaveGuardrailsInput = z.strictObject(saving)
export const RestoreGuardrailsInput = z.strictObject(restoring)
export const SetGuardrailTestsInput = z.strictObject({ tests: Tests })

export type PolicyQuestion = z.output<typeof PolicyQuestion>
export type PolicyTestInput = z.output<typeof PolicyTestInput>
export type Saving = z.output<z.ZodObject<typeof saving>>

/** Text that is not saved, of a group's policy or of the guardrails. */
export const TryPolicyInput = z.strictObject({ groupId: GroupId, text: Text, question: PolicyQuestion })
export const TryGuardrailsInput = z.strictObject({ text: Text, question: PolicyQuestion })
export const TestPolicyInput = z.strictObject({ groupId: GroupId, text: Text, tests: Tests })
export const TestGuardrailsInput = z.strictObject({ text: Text, tests: Tests })

export const VersionInput = z.strictObject({ groupId: GroupId, version: z.int().min(1) })
export const GuardrailVersionInput = z.strictObject({ version: z.int().min(1) })
