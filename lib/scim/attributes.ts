/** What an attribute is (RFC 7643 §2.2, §7). */
export type Attribute = {
  name: string
  type: 'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex'
  multiValued: boolean
  description: string
  required: boolean
  caseExact: boolean
  mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  returned: 'always' | 'never' | 'default' | 'request'
  uniqueness: 'none' | 'server' | 'global'
  subAttributes?: readonly Attribute[]
  canonicalValues?: readonly string[]
  referenceTypes?: readonly string[]
}

export type ResourceSchema = { id: string; name: string; description: string; attributes: readonly Attribute[] }

const DEFAULTS = {
  type: 'string', multiValued: false, required: false, caseExact: false, mutability: 'readWrite', returned: 'default', uniqueness: 'none',
} as const satisfies Partial<Attribute>

export const attribute = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({ name, description, ...DEFAULTS, ...more })

/** A list of values with a kind and one that is preferred (RFC 7643 §2.4). */
export const plural = (name: string, description: string, types: readonly string[] = [], value: Partial<Attribute> = {}): Attribute =>
  attribute(name, description, {
    type: 'complex', multiValued: true,
    subAttributes: [
      attribute('value', 'The value.', value),
      attribute('display', 'A name to show.'),
      attribute('type', 'What kind of value it is.', types.length > 0 ? { canonicalValues: types } : {}),
      attribute('primary', 'Whether it is the preferred one.', { type: 'boolean' }),
    ],
  })

export const complex = (name: string, description: string, subAttributes: readonly Attribute[], more: Partial<Attribute> = {}): Attribute =>
  attribute(name, description, { type: 'complex', subAttributes, ...more })

/** Those that every resource has (RFC 7643 §3.1); no schema lists them. */
export const COMMON: readonly Attribute[] = [
  attribute('schemas', 'The schemas of the resource.', { type: 'reference', multiValued: true, caseExact: true, returned: 'always', mutability: 'readOnly' }),
  attribute('id', 'What Gatehouse calls it.', { caseExact: true, mutability: 'readOnly', returned: 'always', uniqueness: 'server' }),
  attribute('externalId', 'What the identity provider calls it.', { caseExact: true }),
  complex('meta', 'About the resource.', [
    attribute('resourceType', 'User or Group.', { caseExact: true, mutability: 'readOnly' }),
    attribute('created', 'When it was made.', { type: 'dateTime', mutability: 'readOnly' }),
    attribute('lastModified', 'When it last changed.', { type: 'dateTime', mutability: 'readOnly' }),
    attribute('location', 'Its address.', { type: 'reference', caseExact: true, mutability: 'readOnly' }),
    attribute('version', 'Its entity tag.', { caseExact: true, mutability: 'readOnly' }),
  ], { mutability: 'readOnly' }),
]

/** The attribute of this name among several, whatever the case. */
export function findAttribute(among: readonly Attribute[], name: string): Attribute | undefined {
  const lower = name.toLowerCase()
  return among.find((each) => each.name.toLowerCase() === lower)
}
