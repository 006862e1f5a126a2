import { cedarFormatted, cedarJson, cedarParts, type CedarFault, type CedarPolicyJson } from '@/lib/access/cedar'
import { depthOf, layoutOf, statementTokens, type Span, type Statement } from './statements'
import type { Token } from './tokens'

/** Longest policy text, in UTF-8 bytes. */
export const POLICY_BYTES_MAX = 65_536
export const STATEMENTS_MAX = 500
/**
 * Deepest statement, in the steps of `depthOf`: brackets about 30 deep, or a chain of about 90 operators. Cedar's stack
 * overflows at some twice that, and sooner where much of it is used already.
 */
export const DEPTH_MAX = 96
/** Longest statement that is formatted, in tokens: Cedar's formatter goes a step deeper with each. */
const FORMATTED_TOKENS_MAX = 1_500

/** Something wrong with policy text, for a marker in the editor. Offsets are those of the JavaScript string. */
export type PolicyProblem = Span & {
  message: string
  help?: string
  /** Only `error` stands in the way of saving. */
  severity: 'error' | 'warning'
  /** The statement it is about, from 0; null when about the text as a whole. */
  statement: number | null
}

export type ParsedStatement = Statement & { json: CedarPolicyJson }

export type ReadPolicy = { statements: readonly ParsedStatement[]; problems: readonly PolicyProblem[] }

const TEMPLATE = 'templates cannot be used here'
const TEMPLATE_HELP = 'name the principal and the resource instead of `?principal` and `?resource`'

const problem = (message: string, { start, end }: Span, statement: number | null = null, help?: string): PolicyProblem =>
  ({ message, start, end, severity: 'error', statement, ...(help !== undefined && { help }) })

/** Too much for Cedar, found without asking it. */
function refused(text: string, tokens: readonly Token[][]): PolicyProblem | null {
  const extra = tokens[STATEMENTS_MAX]
  if (extra) {
    const place = { start: extra[0]?.start ?? 0, end: extra.at(-1)?.end ?? text.length }
    return problem(`${tokens.length} statements, ${STATEMENTS_MAX} at most`, place, null, 'join statements, or use more groups')
  }
  for (const [index, each] of tokens.entries()) {
    const { tooDeep } = depthOf(each, DEPTH_MAX)
    if (tooDeep) return problem('nested too deeply', tooDeep, index, 'use fewer brackets, a list, or several statements instead of one long condition')
  }
  return null
}

/** Half of a surrogate pair, which no text in UTF-8 can hold. */
function halfCharacter(text: string): PolicyProblem | null {
  const found = /\p{Cs}/u.exec(text)
  return found && problem('half a character, which cannot be saved', { start: found.index, end: found.index + 1 })
}

function faultsAt(statement: Statement, faults: readonly CedarFault[]): PolicyProblem[] {
  return faults.map((fault) => {
    const isTemplate = fault.message.includes('template containing the slot')
    const place = { start: statement.start + fault.start, end: statement.start + fault.end }
    return problem(
      isTemplate ? TEMPLATE : fault.message, place, statement.index, isTemplate ? TEMPLATE_HELP : (fault.help ?? undefined))
  })
}

/** Whether Cedar cuts the text where we do. */
function isCutAlike(slices: readonly string[], parts: readonly string[]): boolean {
  const sorted = (list: readonly string[]) => [...list].sort()
  const [ours, theirs] = [sorted(slices), sorted(parts)]
  return ours.length === theirs.length && ours.every((slice, place) => slice === theirs[place])
}

/**
 * Reads policy text: its statements with their places and structure.
 *
 * The way in for all policy text: what is too long, too much or too deep is refused here, before Cedar sees it.
 *
 * @returns `problems` empty and all statements, or problems and no statements
 */
export function readPolicyText(text: string): ReadPolicy {
  const whole = { start: 0, end: text.length }
  const fails = (...problems: PolicyProblem[]): ReadPolicy => ({ statements: [], problems })
  if (text.length > POLICY_BYTES_MAX || Buffer.byteLength(text) > POLICY_BYTES_MAX)
    return fails(problem(`the text is longer than ${POLICY_BYTES_MAX / 1024} KiB`, whole))
  const tokens = statementTokens(text)
  const tooMuch = halfCharacter(text) ?? refused(text, tokens)
  if (tooMuch) return fails(tooMuch)

  const layouts = tokens.map(layoutOf)
  const slices = layouts.map(({ start, end }) => text.slice(start, end))
  const read = cedarParts(text)
  const statements: ParsedStatement[] = []
  const problems: PolicyProblem[] = []
  layouts.forEach((layout, index) => {
    const answer = cedarJson(slices[index] ?? '')
    if ('json' in answer) statements.push({ ...layout, json: answer.json })
    else problems.push(...faultsAt(layout, answer.faults))
  })
  if (problems.length > 0) return fails(...problems)
  if ('faults' in read) return fails(...read.faults.map((fault) => problem(fault.message, fault, null, fault.help ?? undefined)))
  if (!isCutAlike(slices, read.parts.statements)) return fails(problem('the statements could not be told apart', whole))
  return { statements, problems: [] }
}

/**
 * The text in Cedar's usual layout, comments kept; as it was where it does not parse, or has a statement too long for that.
 */
export function formatPolicyText(text: string): string {
  if (readPolicyText(text).problems.length > 0) return text
  return statementTokens(text).some(({ length }) => length > FORMATTED_TOKENS_MAX) ? text : (cedarFormatted(text) ?? text)
}
