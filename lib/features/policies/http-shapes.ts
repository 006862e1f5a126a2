import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { formOf } from '@/lib/access/policies/form'
import { TimeText } from '@/lib/boundary/http-schema'
import { checkOwnedText } from './checking'
import type { PolicyOwner, PolicyTestRow, PolicyVersionRow, StoredPolicy, Trial } from './rules'
import { PolicyTestInput } from './schema'

const Span = { start: z.number().int(), end: z.number().int() }

const PolicyResource = z.object({
  kind: z.enum(['everything', 'type', 'one', 'within']).meta({ description: '`within`: a resource and all below it, with `only` those of one type.' }),
  type: z.string().optional(), id: z.string().optional(), only: z.string().nullable().optional(),
})

const Row = z.object({
  index: z.number().int(), ...Span,
  permissions: z.union([z.literal('*'), z.array(z.string())]),
  resource: PolicyResource,
  annotations: z.record(z.string(), z.string().nullable()),
})

const Fault = z.object({ message: z.string(), help: z.string().optional(), statement: z.number().int().nullable(), ...Span })

/** What a text says, and what is wrong with it. */
export const PolicyReading = z.object({
  text: z.string(),
  form: z.array(Row).meta({ description: 'Statements that are a plain permit for everyone in the group.' }),
  codeOnly: z.array(z.object({ reason: z.string(), sentence: z.string(), effect: z.enum(['permit', 'forbid']), ...Span })).meta({ description: 'The other statements, and why a form cannot show them.' }),
  errors: z.array(Fault).meta({ description: 'What stands in the way of saving. Offsets count UTF-16 units of `text`.' }),
  warnings: z.array(Fault),
}).meta({ id: 'PolicyReading' })

export const Policy = PolicyReading.extend({
  version: z.number().int().meta({ description: '0 before the first is saved.' }),
  savedAt: TimeText.nullable(),
  savedBy: z.string(),
}).meta({ id: 'Policy' })

/** Reads a text for an answer. */
export async function readingOf(ctx: Ctx, owner: PolicyOwner, text: string): Promise<z.input<typeof PolicyReading>> {
  const { rows } = formOf(ctx.model, text)
  const { problems } = await checkOwnedText(ctx, owner, text)
  const faultsOf = (severity: 'error' | 'warning') => problems.filter((problem) => problem.severity === severity)
    .map(({ message, help, start, end, statement }) => ({ message, start, end, statement, ...(help !== undefined && { help }) }))
  return {
    text,
    form: rows.flatMap((row) => (row.kind === 'row'
      ? [{ index: row.index, start: row.start, end: row.end, permissions: row.permissions === '*' ? '*' as const : [...row.permissions], resource: row.resource, annotations: row.annotations }] : [])),
    codeOnly: rows.flatMap((row) => (row.kind === 'code' ? [{ reason: row.reason, sentence: row.sentence, effect: row.effect, start: row.start, end: row.end }] : [])),
    errors: faultsOf('error'),
    warnings: faultsOf('warning'),
  }
}

export const policyOf = async (ctx: Ctx, owner: PolicyOwner, { text, version, savedAt, savedByName }: StoredPolicy): Promise<z.input<typeof Policy>> =>
  ({ ...(await readingOf(ctx, owner, text)), version, savedAt, savedBy: savedByName })

export const Version = z.object({
  version: z.number().int(), savedAt: TimeText, savedBy: z.string(), note: z.string(),
  overrideReason: z.string().meta({ description: 'Why it was saved although a test failed; empty when none did.' }),
  added: z.number().int().meta({ description: 'Lines that came with it.' }), removed: z.number().int(),
}).meta({ id: 'PolicyVersion' })

export const WholeVersion = Version.extend({ text: z.string() }).meta({ id: 'PolicyVersionWithText' })

export const versionOf = ({ version, savedAt, savedByName, note, overrideReason, lines }: PolicyVersionRow): z.input<typeof Version> =>
  ({ version, savedAt, savedBy: savedByName, note, overrideReason, added: lines.added, removed: lines.removed })

export const Tests = z.object({ data: z.array(PolicyTestInput) })
export const testsOf = (rows: readonly PolicyTestRow[]): z.input<typeof Tests> => ({ data: rows.map(({ id: _, ...test }) => test) })

export const TrialAnswer = z.object({
  verdict: z.enum(['allow', 'deny', 'silent']).meta({ description: 'What the text by itself says. `silent`: no statement matched.' }),
  statements: z.array(z.object({
    policyId: z.string(), effect: z.enum(['permit', 'forbid']), outcome: z.enum(['matched', 'not-matched', 'failed']), ...Span,
    clause: z.object({ part: z.string(), text: z.string(), ...Span }).nullable().meta({ description: 'The first part that did not hold, or whose evaluation failed.' }),
    message: z.string().optional(),
  })),
  overall: z.object({ decision: z.boolean(), reason: z.string() }).meta({ description: 'The whole decision, were the text saved: roles, other groups and guardrails counted.' }),
}).meta({ id: 'PolicyTrial' })

export const trialOf = ({ verdict, statements, overall }: Trial): z.input<typeof TrialAnswer> => ({
  verdict,
  statements: statements.map((statement) => {
    const clause = statement.outcome === 'matched' ? null : statement.clause
    return {
      policyId: statement.policyId, effect: statement.effect, outcome: statement.outcome, start: statement.start, end: statement.end,
      clause: clause && { part: clause.part, text: statement.clauseText ?? '', start: clause.start, end: clause.end },
      ...(statement.outcome === 'failed' && { message: statement.message }),
    }
  }),
  overall: { decision: overall.isAllowed, reason: overall.because },
})

const TEXT = 'permit(\n  principal,\n  action == Standard::Action::"cluster:view",\n  resource\n);\n'
const question = { principalId: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', action: 'cluster:view', resource: { type: 'cluster', id: 'cls_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f' }, context: { ip: '203.0.113.7' } }
const reading = {
  text: TEXT, form: [{ index: 0, start: 0, end: 76, permissions: ['cluster:view'], resource: { kind: 'everything' }, annotations: {} }], codeOnly: [], errors: [], warnings: [],
}
const version = { version: 3, savedAt: '2026-11-22T09:30:00.000Z', savedBy: 'admin@acme.test', note: 'for the auditors', overrideReason: '', added: 4, removed: 1 }

export const EXAMPLES = {
  text: TEXT, question, reading,
  policy: { ...reading, version: 3, savedAt: '2026-11-22T09:30:00.000Z', savedBy: 'admin@acme.test' },
  version, wholeVersion: { ...version, text: TEXT },
  tests: { data: [{ ...question, name: 'operators see clusters', isAllowed: true }] },
  trial: {
    verdict: 'allow', statements: [{ policyId: 'policy0', effect: 'permit', outcome: 'matched', start: 0, end: 76, clause: null }],
    overall: { decision: true, reason: 'policy' },
  },
} as const

