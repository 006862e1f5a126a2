import { db } from '@/lib/db'
import { newId, uuidv7 } from '@/lib/ids'
import { makeTestIdp, testMetadata, type TestIdp } from './saml-responses'

const sample = await makeTestIdp('https://idp.example.test/metadata')

export const SAMPLE_METADATA = testMetadata(sample)

/** A SAML connection of an organization, with its identity provider, enabled. Returns its id. */
export async function makeSamlConnection(organization: { id: string }, idp: TestIdp = sample, more: { status?: string; isIdpInitiated?: boolean; attributes?: Record<string, string>; settings?: Record<string, string | boolean> } = {}): Promise<string> {
  const id = newId('connection')
  const { settings, ...rest } = more
  await db().ssoConnection.create({
    data: {
      id, organizationId: organization.id, kind: 'saml', name: `SAML ${uuidv7().slice(-8)}`, status: 'enabled', ...rest,
      settings: { entityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', certificates: [idp.certificate], ...settings },
    },
  })
  return id
}

/** A domain that the organization has verified, of its own. */
export async function makeVerifiedDomain(organization: { id: string; slug: string }): Promise<string> {
  const domain = `${organization.slug}.example`
  await db().verifiedDomain.create({ data: { id: newId('domain'), organizationId: organization.id, domain, token: 't', verifiedAt: new Date() } })
  return domain
}
