/** How a claim is compared: with each value as it is written, or as a pattern. */
export const OPERATORS = ['equals', 'glob'] as const
export type Operator = (typeof OPERATORS)[number]

/** A claim has to have one of these values. A claim that is a list has to hold one. */
export type Condition = { claim: string; operator: Operator; values: string[] }

export type TrustStatus = 'active' | 'suspended'
export const TRUST_STATUSES = ['active', 'suspended'] as const satisfies readonly TrustStatus[]

/** Who is believed and about what. */
export type TrustTerms = { audience: string; conditions: readonly Condition[] }

/** One line of a judgement: what was asked of a claim, and what was found. */
export type Finding = { claim: string; operator: Operator; wanted: string[]; found: string[]; isMet: boolean }

/** What a star never stands for: it stays within one part of `repo:acme/app:ref:refs/heads/main`. Two stars stand for everything. */
const ENDS_PART = /[/:]/

/**
 * Whether a text fits a pattern: `*` stands for any characters within a part (none of `/` and `:`), `**` for any at all.
 * In time proportional to both lengths, whatever the pattern.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const tokens = pattern.match(/\*\*+|\*|[^*]/gsu) ?? []
  const signs = [...text]
  // Which numbers of tokens may be used up by the text so far.
  let reached = withSkippedStars(tokens, [0])
  for (const sign of signs) {
    const next = reached.flatMap((at) => {
      const token = tokens[at]
      if (token === sign && !token.startsWith('*')) return [at + 1]
      const isStanding = token?.startsWith('*') === true && (token.length > 1 || !ENDS_PART.test(sign))
      return isStanding ? [at] : []
    })
    reached = withSkippedStars(tokens, next)
    if (reached.length === 0) return false
  }
  return reached.includes(tokens.length)
}

/** Stars may stand for nothing. */
function withSkippedStars(tokens: readonly string[], from: readonly number[]): number[] {
  const all = new Set<number>()
  for (const start of from) {
    for (let at = start; !all.has(at); at++) {
      all.add(at)
      if (!tokens[at]?.startsWith('*')) break
    }
  }
  return [...all]
}

/** A pattern that everything fits is no condition. */
export const matchesEverything = (pattern: string): boolean => /^\*+$/.test(pattern)

/** A claim's values as text: numbers and truths as JSON writes them; what is nested has none. */
export function valuesOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.flatMap((each) => (Array.isArray(each) ? [] : valuesOf(each)))
  if (typeof claim === 'string') return [claim]
  return typeof claim === 'number' || typeof claim === 'boolean' ? [String(claim)] : []
}

const fits = (operator: Operator, wanted: string, found: string): boolean => (operator === 'equals' ? wanted === found : matchesGlob(wanted, found))

/** What a trust says of a token's claims, audience first. All have to be met. */
export function judgeClaims({ audience, conditions }: TrustTerms, claims: Readonly<Record<string, unknown>>): Finding[] {
  const all: Condition[] = [{ claim: 'aud', operator: 'equals', values: [audience] }, ...conditions]
  return all.map(({ claim, operator, values }) => {
    const found = Object.hasOwn(claims, claim) ? valuesOf(claims[claim]) : []
    return { claim, operator, wanted: values, found, isMet: found.some((text) => values.some((wanted) => fits(operator, wanted, text))) }
  })
}

export const isAccepted = (findings: readonly Finding[]): boolean => findings.every(({ isMet }) => isMet)

/** The conditions in words, for the log. */
export const conditionInWords = ({ claim, operator, values }: Condition): string => `${claim} ${operator === 'equals' ? 'is' : 'fits'} ${values.join(' or ')}`
