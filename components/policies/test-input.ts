import type { PolicyTestRow } from '@/lib/features/policies/rules'
import type { PolicyTestInput } from '@/lib/features/policies/schema'

type Context = PolicyTestInput['context']

const isText = (value: unknown): value is string => typeof value === 'string'
const isTaken = (value: unknown): value is Context[string] =>
  isText(value) || typeof value === 'number' || typeof value === 'boolean' || (Array.isArray(value) && value.every(isText))

/** A stored test as actions take it: without its id, and of its context what a question may bring along. */
export function testInputOf({ name, principalId, action, resource, context, isAllowed }: PolicyTestRow): PolicyTestInput {
  const taken = Object.entries(context).flatMap(([key, value]): [string, Context[string]][] => (isTaken(value) ? [[key, value]] : []))
  return { name, principalId, action, resource, context: Object.fromEntries(taken), isAllowed }
}
