import { cedarDecision, type CedarDecision, type CedarRequest, type CedarValueJson, type EntityJson } from '@/lib/access/cedar'
import { keyOf, type Entities, type Request } from './entities'
import type { ParsedStatement } from './policy-text'
import { mentionsOf } from './references'
import { CedarSet, Datetime, Decimal, Duration, EntityRef, Ip, type CedarRecord, type CedarValue } from './values'

const uid = ({ type, id }: EntityRef) => ({ type, id })

/**
 * Asks Cedar itself, with the entities the request and the policies can reach. For what is not compiled.
 *
 * @param statements of the same text
 */
export const askCedarItself = (
  text: string, statements: readonly ParsedStatement[], request: Request, entities: Entities,
): CedarDecision => cedarDecision(text, cedarRequestOf(statements, request, entities))

/** A request as Cedar takes it, with the entities it and the policies can reach. */
export function cedarRequestOf(statements: readonly ParsedStatement[], request: Request, entities: Entities): CedarRequest {
  const named = statements.flatMap((statement) => [...mentionsOf(statement).entities])
  return {
    principal: uid(request.principal), action: uid(request.action), resource: uid(request.resource),
    context: recordJson(request.context),
    entities: reachable([request.principal, request.action, request.resource, ...refsIn(request.context), ...named], entities),
  }
}

function reachable(starts: readonly EntityRef[], entities: Entities): EntityJson[] {
  const waiting = [...starts]
  const seen = new Set<string>()
  const found: EntityJson[] = []
  for (let ref = waiting.pop(); ref; ref = waiting.pop()) {
    const attributes = entities.attributesOf(ref)
    if (seen.has(keyOf(ref)) || !attributes) continue
    seen.add(keyOf(ref))
    const [parents, tags] = [entities.parentsOf(ref), entities.tagsOf(ref)]
    found.push({
      uid: uid(ref), attrs: recordJson(attributes), parents: parents.map(uid), ...(tags && tags.size > 0 && { tags: recordJson(tags) }),
    })
    waiting.push(...parents, ...refsIn(attributes), ...(tags ? refsIn(tags) : []))
  }
  return found
}

const refsIn = (record: CedarRecord): EntityRef[] => [...record.values()].flatMap(refsOf)

function refsOf(value: CedarValue): EntityRef[] {
  if (value instanceof EntityRef) return [value]
  if (value instanceof CedarSet) return value.items.flatMap(refsOf)
  return value instanceof Map ? refsIn(value) : []
}

const recordJson = (record: CedarRecord): Record<string, CedarValueJson> =>
  Object.fromEntries([...record].map(([name, value]) => [name, valueJson(value)]))

const call = (fn: string, ...args: CedarValueJson[]): CedarValueJson =>
  (args.length === 1 && args[0] !== undefined ? { __extn: { fn, arg: args[0] } } : { __extn: { fn, args } })

/** A value as Cedar's JSON. */
function valueJson(value: CedarValue): CedarValueJson {
  if (typeof value === 'bigint') throw new Error('Cedar takes no numbers beyond 2^53 as JSON')
  if (typeof value !== 'object') return value
  if (value instanceof EntityRef) return { __entity: uid(value) }
  if (value instanceof CedarSet) return value.items.map(valueJson)
  if (value instanceof Ip) return call('ip', ipText(value))
  if (value instanceof Decimal) return call('decimal', decimalText(BigInt(value.scaled)))
  if (value instanceof Duration) return call('duration', `${value.ms}ms`)
  if (value instanceof Datetime) return call('offset', call('datetime', '1970-01-01'), call('duration', `${value.epochMs}ms`))
  return value instanceof Map ? recordJson(value) : null
}

function ipText({ version, address, prefix }: Ip): string {
  const number = BigInt(address)
  const [count, width, base] = version === 4 ? [4, 8n, 10] : [8, 16n, 16]
  const words = Array.from({ length: count }, (_, place) => (number >> (BigInt(count - 1 - place) * width)) & ((1n << width) - 1n))
  return `${words.map((word) => word.toString(base)).join(version === 4 ? '.' : ':')}/${prefix}`
}

function decimalText(scaled: bigint): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(5, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}
