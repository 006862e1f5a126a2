import type { AccessModel, Attributes, AttributeType } from '@/lib/access/models/access-model'
import { contextAttributes } from './cedar-schema'
import { parseIp } from './ip'
import { field } from './json-tree'
import { parseDatetime } from './moments'
import { namesOf } from './names'
import { CedarSet, Datetime, EntityRef, type CedarRecord, type CedarValue } from './values'

/** Turns JSON into what policies read. What does not fit its type is left out, as if it were missing. */
export type AttributeReader = (json: unknown) => CedarRecord

export type AttributeReaders = {
  /** Of users, and of service accounts and tokens where they have the same attributes. */
  ofPrincipal: AttributeReader
  /** By resource type of the model. */
  ofResource: (type: string) => AttributeReader
  /** Takes `ip` as text, `time` as ISO 8601 or epoch milliseconds, and the model's own beside them. */
  ofContext: AttributeReader
}

const EMPTY: CedarRecord = new Map()
const nothing: AttributeReader = () => EMPTY
const cache = new WeakMap<AccessModel, AttributeReaders>()

/** Readers for the attributes an access model declares. Made once for each model; read an entity's once, not with each question. */
export function attributeReaders(model: AccessModel): AttributeReaders {
  const known = cache.get(model)
  if (known) return known
  const user = namesOf(model).principalTypes.user
  const reader = (attributes: Attributes = {}): AttributeReader => {
    const declared = Object.entries(attributes)
    return declared.length === 0 ? nothing : (json) => recordFrom(declared, user, json)
  }
  const resources = new Map(model.resourceTypes.map(({ name, attributes }) => [name, reader(attributes)]))
  const readers: AttributeReaders = {
    ofPrincipal: reader(model.userAttributes),
    ofResource: (type) => resources.get(type) ?? nothing,
    ofContext: reader(contextAttributes(model)),
  }
  cache.set(model, readers)
  return readers
}

function recordFrom(declared: readonly [string, AttributeType][], user: string, json: unknown): CedarRecord {
  const found = new Map<string, CedarValue>()
  for (const [name, type] of declared) {
    const value = valueFrom(type, user, field(json, name))
    if (value !== null) found.set(name, value)
  }
  return found
}

/** Null when the JSON is not of the type. */
function valueFrom(type: AttributeType, user: string, json: unknown): CedarValue | null {
  switch (type) {
    case 'String': return typeof json === 'string' ? json : null
    case 'Boolean': return typeof json === 'boolean' ? json : null
    case 'Long': return typeof json === 'number' && Number.isSafeInteger(json) ? json + 0 : null
    case 'Set<String>': return Array.isArray(json) && json.every((item) => typeof item === 'string') ? new CedarSet(json) : null
    case 'User': return typeof json === 'string' ? new EntityRef(user, json) : null
    case 'ipaddr': return typeof json === 'string' ? parseIp(json) : null
    case 'datetime': return momentFrom(json)
  }
}

function momentFrom(json: unknown): Datetime | null {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? new Datetime(json) : null
  return typeof json === 'string' ? parseDatetime(json) : null
}
