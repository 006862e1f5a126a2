import { findAttribute, type Attribute } from './attributes'
import { ScimError } from './error'
import { extensionOf, findTop, isOwnSchema, isUrn, type ResourceKind } from './schemas'

/**
 * Where a value stands in a resource. `names` are the members from the top, in the case of the schema; an extension's
 * URN is one of them. `attribute` is what is known of the last one; undefined inside extensions that are not known.
 */
export type AttributePath = { names: readonly string[]; attribute: Attribute | undefined; /** What the last but one is, where it is complex. */ parent: Attribute | undefined; /** An attribute of another kind of resource: this one has no value of it. */ isElsewhere?: true }

const NAME = /^\$?[A-Za-z][\w$-]*$/

export const wrongPath = (message: string): ScimError => new ScimError(400, 'invalidPath', message)

/** URN and the rest of a path that begins with one: the last colon parts them, unless the URN stands alone. */
function splitUrn(text: string, kind: ResourceKind): { urn: string; rest: string } {
  const isWhole = isOwnSchema(kind, text) || extensionOf(kind, text) !== undefined || /:User$|:Group$/i.test(text)
  if (isWhole) return { urn: text, rest: '' }
  const colon = text.lastIndexOf(':')
  return { urn: text.slice(0, colon), rest: text.slice(colon + 1) }
}

function inside(attributes: readonly Attribute[] | undefined, prefix: readonly string[], rest: string, whole: string): AttributePath {
  const parts = rest.split('.')
  if (parts.length > 2 || parts.some((part) => !NAME.test(part))) throw wrongPath(`\`${whole.slice(0, 200)}\` is no attribute path`)
  const [first = '', second] = parts
  const attribute = attributes && findAttribute(attributes, first)
  if (second === undefined) return { names: [...prefix, attribute?.name ?? first], attribute, parent: undefined }
  const sub = attribute?.subAttributes && findAttribute(attribute.subAttributes, second)
  if (attribute && !sub) throw wrongPath(`\`${attribute.name}\` has no \`${second.slice(0, 100)}\``)
  return { names: [...prefix, attribute?.name ?? first, sub?.name ?? second], attribute: sub, parent: attribute }
}

/**
 * Reads `attribute`, `attribute.sub`, or the same after a schema's URN and a colon (RFC 7644 §3.10).
 *
 * @throws ScimError `invalidPath` for what is no path, or no attribute of the kind
 */
export function parseAttributePath(text: string, kind: ResourceKind): AttributePath {
  if (isUrn(text)) {
    const { urn, rest } = splitUrn(text, kind)
    const extension = extensionOf(kind, urn)
    if (rest === '') return { names: [extension?.id ?? urn], attribute: undefined, parent: undefined }
    if (isOwnSchema(kind, urn)) return parseAttributePath(rest, kind)
    return inside(extension?.attributes, [extension?.id ?? urn], rest, text)
  }
  const [first = ''] = text.split('.')
  const top = findTop(kind, first)
  if (!top && NAME.test(first)) throw wrongPath(`a ${kind.name.toLowerCase()} has no attribute \`${first.slice(0, 100)}\``)
  return inside(top ? [top] : [], [], text, text)
}
