import type { AccessModel } from '@/lib/access/models/access-model'
import { isAppError } from '@/lib/errors'
import { attributeReaders } from './attributes'
import { compilePolicies } from './compile'
import { EntityList } from './entities'
import { textField, walk } from './json-tree'
import { actionRef, principalRef, resourceRef, type PrincipalKind } from './names'
import { readPolicyText, type ParsedStatement } from './policy-text'

/** Somebody as the database has them in the transaction, before any index knows. */
export type Passer = { kind: PrincipalKind; id: string; groupIds: readonly string[] }

function asksFor(attribute: string, { json }: ParsedStatement): boolean {
  let found = false
  json.conditions.forEach(({ body }) => walk(body, ({ name, body: inner }) => {
    if (name === '.' && textField(inner, 'attr') === attribute) found = true
  }))
  return found
}

/**
 * The text with what depends on the time striking at any time: it will, sooner or later. Where there is no address, as for the
 * local command, what depends on one is left out.
 */
function foreseen(text: string, address: string): string {
  const cuts = readPolicyText(text).statements.flatMap((statement) => {
    const [first] = statement.conditions
    if (address === '' && asksFor('ip', statement)) return [{ start: statement.start, end: statement.end }]
    return first && asksFor('time', statement) ? [{ start: first.start, end: statement.end - 1 }] : []
  })
  return cuts.reverse().reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
}

/**
 * Whether guardrails keep somebody from one of Gatehouse's own doors at the organization, from this address, at some time.
 *
 * @returns false throughout where the text cannot be read: such guardrails close none of these doors
 */
export function barrierOf(model: AccessModel, text: string, organizationId: string, address: string): (who: Passer, permission: string) => boolean {
  try {
    const compiled = compilePolicies(model, foreseen(text, address))
    const resource = resourceRef(model, 'organization', organizationId)
    const context = attributeReaders(model).ofContext({ ip: address, time: 0 })
    return ({ kind, id, groupIds }, permission) => {
      const principal = principalRef(model, kind, id)
      const parents = groupIds.map((groupId) => principalRef(model, 'group', groupId))
      const entities = new EntityList([{ ref: resource }, { ref: principal, parents }, ...parents.map((ref) => ({ ref }))])
      return compiled.evaluate({ principal, action: actionRef(model, permission), resource, context }, entities).determining.length > 0
    }
  } catch (error) {
    if (isAppError(error)) return () => false
    throw error
  }
}
