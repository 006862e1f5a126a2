import type { Attribute } from './attributes'
import type { Json } from './json'

export const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Operator = (typeof OPERATORS)[number]
/** `ne` is told as the negation of `eq`. */
export type TestOperator = Exclude<Operator, 'ne'>

/** What one value is asked. */
export type Test =
  | { type: 'text'; operator: TestOperator; value: string; isExact: boolean }
  | { type: 'flag'; value: boolean }
  | { type: 'number'; operator: Exclude<TestOperator, 'co' | 'sw' | 'ew'>; value: number }
  | { type: 'time'; operator: Exclude<TestOperator, 'co' | 'sw' | 'ew'>; value: Date }

const isPart = (operator: TestOperator): operator is 'co' | 'sw' | 'ew' => operator === 'co' || operator === 'sw' || operator === 'ew'

/** Some send "True" and "False" as text. */
export function flagIn(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return word === 'true' ? true : word === 'false' ? false : undefined
}

const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/i

function timeTest(operator: TestOperator, value: string | number | boolean): Test | string {
  // Without a zone it is UTC, wherever the server stands.
  const at = typeof value === 'string' && TIME.test(value) ? new Date(/T.*(?:Z|[+-]\d{2}:\d{2})$/i.test(value) ? value : value.replace(/(T.*)$/i, '$1Z')) : new Date(Number.NaN)
  if (Number.isNaN(at.getTime())) return 'expected a time such as "2026-11-22T09:30:00Z"'
  return isPart(operator) ? `a time is not compared by ${operator}` : { type: 'time', operator, value: at }
}

/** The test a comparison stands for, by what is known of the attribute; or why there is none, in words. */
export function testOf(attribute: Attribute | undefined, operator: TestOperator, value: string | number | boolean): Test | string {
  const type = attribute?.type
  if (type === 'dateTime') return timeTest(operator, value)
  if (type === 'boolean' || (type === undefined && typeof value === 'boolean')) {
    const flag = flagIn(value)
    if (flag === undefined) return 'expected true or false'
    return operator === 'eq' ? { type: 'flag', value: flag } : `true and false are not compared by ${operator}`
  }
  if (type === undefined && typeof value === 'number') return isPart(operator) ? `a number is not compared by ${operator}` : { type: 'number', operator, value }
  return { type: 'text', operator, value: String(value), isExact: attribute?.caseExact ?? false }
}

const ordered = (operator: TestOperator, difference: number): boolean => {
  switch (operator) {
    case 'eq': return difference === 0
    case 'gt': return difference > 0
    case 'ge': return difference >= 0
    case 'lt': return difference < 0
    case 'le': return difference <= 0
    default: return false
  }
}

function textPasses(operator: TestOperator, given: string, wanted: string): boolean {
  if (operator === 'co') return given.includes(wanted)
  if (operator === 'sw') return given.startsWith(wanted)
  if (operator === 'ew') return given.endsWith(wanted)
  // By code points, as the database compares under collation "C".
  return ordered(operator, Buffer.compare(Buffer.from(given), Buffer.from(wanted)))
}

/** Whether one value passes. A value of another kind never does. */
export function passes(test: Test, given: Json): boolean {
  switch (test.type) {
    case 'flag': return given === test.value
    case 'number': return typeof given === 'number' && ordered(test.operator, given - test.value)
    case 'time': return typeof given === 'string' && ordered(test.operator, new Date(given).getTime() - test.value.getTime())
    case 'text': {
      if (typeof given !== 'string') return false
      return test.isExact ? textPasses(test.operator, given, test.value) : textPasses(test.operator, given.toLowerCase(), test.value.toLowerCase())
    }
  }
}
