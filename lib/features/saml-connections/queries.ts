import { db } from '@/lib/db'
import type { SignInConnection } from '@/lib/features/sso-connections/judge'
import type { AttributeMapping } from '@/lib/features/sso-connections/rules'
import type { SamlSettings } from '@/lib/sso/saml/library'
import { openSamlKeys } from './keys'
import { StoredSamlSettings } from './schema'

/** A SAML connection as its doors need it. */
export type SamlConnection = SignInConnection & {
  isIdpInitiated: boolean
  mapping: AttributeMapping
  /** Null until its metadata has come. */
  stored: StoredSamlSettings | null
}

/** What is stored of the identity provider; null when nothing readable is. */
export function storedSettings(settings: unknown): StoredSamlSettings | null {
  const parsed = StoredSamlSettings.safeParse(settings)
  return parsed.success ? parsed.data : null
}

const word = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function mappingOf(attributes: unknown): AttributeMapping {
  const named = typeof attributes === 'object' && attributes !== null ? new Map<string, unknown>(Object.entries(attributes)) : new Map<string, unknown>()
  return { email: word(named.get('email')), name: word(named.get('name')), groups: word(named.get('groups')) }
}

/** A SAML connection by its id, of whichever organization; null when there is none. The doors are outside every organization. */
export async function findSamlConnection(id: string): Promise<SamlConnection | null> {
  const row = await db().ssoConnection.findUnique({
    where: { id },
    select: { id: true, organizationId: true, kind: true, name: true, status: true, allowedDomains: true, settings: true, attributes: true, isIdpInitiated: true },
  })
  if (!row || row.kind !== 'saml') return null
  const { settings, attributes, ...connection } = row
  return { ...connection, mapping: mappingOf(attributes), stored: storedSettings(settings) }
}

/** Everything that asking and checking need, the private keys too. */
export async function samlSettingsOf(connection: SamlConnection, stored: StoredSamlSettings): Promise<SamlSettings> {
  const { entityId, signInUrl, binding, certificates, signedParts, wantsEncryption } = stored
  return {
    connectionId: connection.id, idpEntityId: entityId, signInUrl, binding, idpCertificates: certificates, signedParts, wantsEncryption,
    allowsIdpInitiated: connection.isIdpInitiated, own: await openSamlKeys(connection),
  }
}
