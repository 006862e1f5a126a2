import { attribute, COMMON, complex, findAttribute, plural, type Attribute, type ResourceSchema } from './attributes'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const text = (name: string, description: string): Attribute => attribute(name, description)

const name = complex('name', 'The parts of the name.', [
  text('formatted', 'The whole name as it is shown.'),
  text('familyName', 'Family name.'),
  text('givenName', 'Given name.'),
  text('middleName', 'Middle names.'),
  text('honorificPrefix', 'What stands before the name.'),
  text('honorificSuffix', 'What stands after the name.'),
])

const addresses = complex('addresses', 'Postal addresses.', [
  text('formatted', 'The whole address.'), text('streetAddress', 'Street.'), text('locality', 'Town.'), text('region', 'Region.'),
  text('postalCode', 'Postal code.'), text('country', 'Country, two letters.'), attribute('type', 'What kind of address it is.', { canonicalValues: ['work', 'home', 'other'] }),
  attribute('primary', 'Whether it is the preferred one.', { type: 'boolean' }),
], { multiValued: true })

const groupsOfUser = complex('groups', 'Groups the person is in; changed at the groups.', [
  attribute('value', 'Id of the group.', { mutability: 'readOnly', caseExact: true }),
  attribute('$ref', 'Address of the group.', { type: 'reference', referenceTypes: ['Group'], mutability: 'readOnly', caseExact: true }),
  attribute('display', 'Name of the group.', { mutability: 'readOnly' }),
  attribute('type', 'Always direct: groups hold no groups.', { mutability: 'readOnly', canonicalValues: ['direct'] }),
], { multiValued: true, mutability: 'readOnly' })

export const userSchema: ResourceSchema = {
  id: USER_SCHEMA,
  name: 'User',
  description: 'A person in the organization: the membership, never the account behind it',
  attributes: [
    attribute('userName', 'What the identity provider signs the person in by, usually an e-mail address.', { required: true, uniqueness: 'server' }),
    name,
    text('displayName', 'The name to show.'), text('nickName', 'What the person is casually called.'),
    attribute('profileUrl', 'Address of a page about the person.', { type: 'reference', referenceTypes: ['external'], caseExact: true }),
    text('title', 'Job title.'), text('userType', 'What the person is to the organization.'), text('preferredLanguage', 'Preferred language.'),
    text('locale', 'Locale.'), text('timezone', 'Time zone.'),
    attribute('active', 'Whether the person may enter. False ends sessions and stops keys at once.', { type: 'boolean' }),
    plural('emails', 'E-mail addresses.', ['work', 'home', 'other']),
    plural('phoneNumbers', 'Telephone numbers.', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    plural('ims', 'Messaging addresses.', ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo']),
    plural('photos', 'Addresses of pictures.', ['photo', 'thumbnail'], { type: 'reference', referenceTypes: ['external'], caseExact: true }),
    addresses,
    groupsOfUser,
    plural('entitlements', 'Kept and returned; they give nothing here.'),
    plural('roles', 'Kept and returned; roles are given by mappings.'),
    plural('x509Certificates', 'Kept and returned.', [], { type: 'binary', caseExact: true }),
  ],
}

export const enterpriseSchema: ResourceSchema = {
  id: ENTERPRISE_SCHEMA,
  name: 'EnterpriseUser',
  description: 'What a company knows about a person; kept and returned',
  attributes: [
    text('employeeNumber', 'Number of the employee.'), text('costCenter', 'Cost center.'), text('organization', 'Organization.'),
    text('division', 'Division.'), text('department', 'Department.'),
    complex('manager', 'The person’s manager.', [
      attribute('value', 'Id of the manager.', { caseExact: true }),
      attribute('$ref', 'Address of the manager.', { type: 'reference', referenceTypes: ['User'], caseExact: true }),
      text('displayName', 'Name of the manager.'),
    ]),
  ],
}

export const groupSchema: ResourceSchema = {
  id: GROUP_SCHEMA,
  name: 'Group',
  description: 'People who hold what the group holds',
  attributes: [
    attribute('displayName', 'Name of the group.', { required: true, uniqueness: 'server' }),
    complex('members', 'Who is in it.', [
      attribute('value', 'Id of the person.', { mutability: 'immutable', caseExact: true }),
      attribute('$ref', 'Address of the person.', { type: 'reference', referenceTypes: ['User'], mutability: 'immutable', caseExact: true }),
      attribute('type', 'Always User: groups hold no groups.', { mutability: 'immutable', canonicalValues: ['User'] }),
      attribute('display', 'Name of the person.', { mutability: 'readOnly' }),
    ], { multiValued: true }),
  ],
}

/** A kind of resource: its schema, and those that extend it. */
export type ResourceKind = { name: 'User' | 'Group'; path: '/Users' | '/Groups'; schema: ResourceSchema; extensions: readonly ResourceSchema[] }

export const USER: ResourceKind = { name: 'User', path: '/Users', schema: userSchema, extensions: [enterpriseSchema] }
export const GROUP: ResourceKind = { name: 'Group', path: '/Groups', schema: groupSchema, extensions: [] }
export const KINDS = [USER, GROUP] as const

export const findTop = (kind: ResourceKind, attributeName: string): Attribute | undefined => findAttribute(COMMON, attributeName) ?? findAttribute(kind.schema.attributes, attributeName)

/** A URN is told from an attribute by how it begins. */
export const isUrn = (text: string): boolean => /^urn:/i.test(text)

/** The extension of this URN, one of ours or one we do not know; null: it is the kind's own schema. */
export const extensionOf = ({ extensions }: ResourceKind, urn: string): ResourceSchema | undefined => extensions.find(({ id }) => id.toLowerCase() === urn.toLowerCase())

export const isOwnSchema = ({ schema }: ResourceKind, urn: string): boolean => schema.id.toLowerCase() === urn.toLowerCase()
