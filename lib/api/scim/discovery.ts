import { absoluteUrl } from '@/lib/env'
import { SCIM_BASE } from '@/lib/features/provisioning/rules'
import type { Attribute } from '@/lib/scim/attributes'
import { enterpriseSchema, groupSchema, KINDS, userSchema, type ResourceKind } from '@/lib/scim/schemas'

export const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
/** Most rows in an answer. */
export const RESULTS_MAX = 200

const at = (path: string): string => absoluteUrl(`${SCIM_BASE}${path}`)

/** What can be done here, and what cannot (RFC 7643 §5). */
export const serviceProviderConfig = () => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  documentationUri: absoluteUrl('/docs/api'),
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: RESULTS_MAX },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [{
    type: 'oauthbearertoken', name: 'SCIM token', description: 'A token made under Settings, Provisioning, sent as `Authorization: Bearer gh_scim_…`', specUri: 'https://www.rfc-editor.org/info/rfc6750', primary: true,
  }],
  meta: { resourceType: 'ServiceProviderConfig', location: at('/ServiceProviderConfig') },
})

const resourceType = ({ name, path, schema, extensions }: ResourceKind) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id: name, name, description: schema.description, endpoint: path, schema: schema.id,
  ...(extensions.length > 0 && { schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })) }),
  meta: { resourceType: 'ResourceType', location: at(`/ResourceTypes/${name}`) },
})

/** What a schema says of an attribute, in the form of RFC 7643 §7. */
function attributeOf({ subAttributes, canonicalValues, referenceTypes, ...rest }: Attribute): Record<string, unknown> {
  return { ...rest, ...(subAttributes && { subAttributes: subAttributes.map(attributeOf) }), ...(canonicalValues && { canonicalValues }), ...(referenceTypes && { referenceTypes }) }
}

const schemaOf = ({ id, name, description, attributes }: typeof userSchema) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id, name, description, attributes: attributes.map(attributeOf),
  meta: { resourceType: 'Schema', location: at(`/Schemas/${id}`) },
})

export const resourceTypes = () => KINDS.map(resourceType)
export const schemas = () => [userSchema, enterpriseSchema, groupSchema].map(schemaOf)

/** A list as every list is answered (RFC 7644 §3.4.2). */
export const listResponse = (total: number, startIndex: number, resources: readonly unknown[]) =>
  ({ schemas: [LIST_SCHEMA], totalResults: total, startIndex, itemsPerPage: resources.length, Resources: resources })
