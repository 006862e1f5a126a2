/** Kinds of connection, in the order in which they are offered. */
export const CONNECTION_KINDS = ['google', 'okta', 'oidc', 'saml'] as const
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

export const isConnectionKind = (word: string): word is ConnectionKind => CONNECTION_KINDS.some((kind) => kind === word)

export const CONNECTION_STATUSES = ['draft', 'tested', 'enabled', 'disabled'] as const
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number]

export const KIND_TITLES: Readonly<Record<ConnectionKind, string>> = { google: 'Google', okta: 'Okta', oidc: 'OpenID Connect', saml: 'SAML 2.0' }

/** Where Google says it is. */
export const GOOGLE_ISSUER = 'https://accounts.google.com'

/** Which attribute of the provider holds what; one left out is looked for under its usual name. */
export type AttributeMapping = { email?: string | undefined; name?: string | undefined; groups?: string | undefined }

/** Usual names of attributes, in OpenID Connect. */
export const OIDC_ATTRIBUTES = { email: 'email', name: 'name', groups: 'groups' } as const

/** Who a provider says somebody is, whatever the protocol. */
export type ProviderIdentity = {
  subject: string
  email: string | null
  emailVerified: boolean
  name: string
  groups: readonly string[]
  /** Everything that was received, for the page of a test. */
  attributes: Readonly<Record<string, unknown>>
}

/** The part after the last at sign, in lower case; null when there is none. */
export function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@')
  const domain = at < 1 ? '' : email.slice(at + 1).toLowerCase()
  return domain === '' ? null : domain
}

/** Whether a connection may speak for this domain: verified by its organization, and among those it serves. */
export function domainProblem(domain: string | null, verified: ReadonlySet<string>, allowed: readonly string[]): 'domain-unverified' | 'domain-not-allowed' | null {
  if (domain === null || !verified.has(domain)) return 'domain-unverified'
  return allowed.length > 0 && !allowed.includes(domain) ? 'domain-not-allowed' : null
}

export type MappingRule = { group: string; roleId: string; scopeId: string; priority: number }

/**
 * Roles that follow from groups, each place once. Where everybody holds exactly one role it is the one of the first
 * priority; elsewhere all of them.
 */
export function rolesOfGroups<M extends MappingRule>(mappings: readonly M[], groups: readonly string[], rolesPerMember: 'one' | 'many'): M[] {
  const inThem = new Set(groups)
  const matched = mappings.filter(({ group }) => inThem.has(group)).sort((a, b) => a.priority - b.priority)
  const each = new Map<string, M>()
  for (const mapping of matched) if (!each.has(`${mapping.roleId} ${mapping.scopeId}`)) each.set(`${mapping.roleId} ${mapping.scopeId}`, mapping)
  const roles = [...each.values()]
  return rolesPerMember === 'one' ? roles.slice(0, 1) : roles
}

const textOf = (value: unknown): string | null => {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : null
}

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string' && each !== '')

/** A value by name; a name with dots reaches into objects unless an attribute is called exactly so. */
function attribute(attributes: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  return name.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Object.entries(value).find(([own]) => own === key)?.[1] : undefined), attributes)
}

/**
 * An identity out of the claims of an OpenID provider. Only `true` verifies an address, and that of another attribute
 * than `email` is never verified by `email_verified`, which speaks of that one.
 *
 * @param assumesVerified the administrator's word that this provider verifies every address, for providers that do not say
 */
export function identityOfClaims(claims: Readonly<Record<string, unknown>>, mapping: AttributeMapping, assumesVerified: boolean): ProviderIdentity {
  const emailName = mapping.email ?? OIDC_ATTRIBUTES.email
  const told = claims['email_verified']
  const isTold = emailName === OIDC_ATTRIBUTES.email && told !== undefined
  return {
    subject: textOf(claims['sub']) ?? '',
    email: textOf(attribute(claims, emailName))?.toLowerCase() ?? null,
    emailVerified: isTold ? told === true : assumesVerified,
    name: textOf(attribute(claims, mapping.name ?? OIDC_ATTRIBUTES.name)) ?? '',
    groups: listOf(attribute(claims, mapping.groups ?? OIDC_ATTRIBUTES.groups)),
    attributes: claims,
  }
}

/** When the provider asked last who it is; null when it does not say. */
export function authenticatedAtOf({ auth_time: told }: Readonly<Record<string, unknown>>): Date | null {
  return typeof told === 'number' ? new Date(told * 1000) : null
}
