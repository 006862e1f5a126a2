import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { guardedFetch } from '@/lib/outgoing/guarded-fetch'
import { readCertificate } from '@/lib/sso/saml/certificate'
import { METADATA_MAX_BYTES } from '@/lib/sso/saml/metadata'
import { serviceAddresses } from '@/lib/sso/saml/service-provider'
import { ensureSamlKey, findSamlKeys } from './keys'
import { metadataOf } from './operations'
import { storedSettings } from './queries'
import { certificateView, metadataChanges, type CertificateView, type MetadataPreview, type OwnCertificateView, type ProviderView, type SamlConnectionView } from './rules'
import type { StoredSamlSettings } from './schema'

const FETCH_TIMEOUT_MS = 8000

function viewsOf(pems: readonly string[], now: Date): CertificateView[] {
  return pems.flatMap((pem) => {
    const read = readCertificate(pem)
    return read.ok ? [certificateView(read.facts, now)] : []
  })
}

const providerOf = ({ entityId, name, signInUrl, binding, certificates }: StoredSamlSettings, now: Date): ProviderView =>
  ({ entityId, name, signInUrl, binding, certificates: viewsOf(certificates, now) })

/** A SAML connection with everything to copy and to watch. @throws AppError `not-found` */
export async function findSamlConnectionView(ctx: Ctx, id: string): Promise<SamlConnectionView> {
  const key = { organizationId: ctx.orgId, id }
  const row = await ctx.tx.ssoConnection.findUnique({ where: { organizationId_id: key }, select: { kind: true, name: true, settings: true, isIdpInitiated: true } })
  if (!row || row.kind !== 'saml') throw new AppError('not-found', `no SAML connection \`${id}\``)
  const stored = storedSettings(row.settings)
  // Looked for in here first: outside, a key that takes over just now cannot be seen yet.
  if ((await findSamlKeys(ctx.tx, key)).every(({ role }) => role !== 'present')) await ensureSamlKey(key)
  const own = (await findSamlKeys(ctx.tx, key)).flatMap(({ role, certificate }): OwnCertificateView[] =>
    viewsOf([certificate], ctx.now).map((view) => ({ ...view, role: role === 'next' ? 'next' : 'present' })))
  return {
    id, name: row.name, ...serviceAddresses(id), isIdpInitiated: row.isIdpInitiated, ownCertificates: own,
    provider: stored && { ...providerOf(stored, ctx.now), metadataUrl: stored.metadataUrl, metadataAt: stored.metadataAt ?? null },
    signedParts: stored?.signedParts ?? 'assertion', wantsEncryption: stored?.wantsEncryption ?? false,
  }
}

/** The text at an address. @throws AppError `invalid-input` at the field `url` */
async function fetchMetadata(url: string): Promise<string> {
  const fetched = await guardedFetch(url, { maxBytes: METADATA_MAX_BYTES, timeoutMs: FETCH_TIMEOUT_MS, headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml' } })
  const problem = !fetched.ok ? fetched.message : fetched.answer.status === 200 ? null : `it answers with status ${fetched.answer.status}`
  if (problem !== null || !fetched.ok) throw new AppError('invalid-input', `the metadata could not be fetched: ${problem ?? ''}`, { fields: [{ path: 'url', message: `The metadata could not be fetched: ${problem ?? ''}` }] })
  return fetched.answer.text
}

/**
 * What metadata says, and what taking it over would change; changes nothing.
 *
 * @throws AppError `invalid-input` with the reason why it cannot be used
 */
export async function previewMetadata(ctx: Ctx, { id, xml, url }: { id: string; xml?: string | undefined; url?: string | undefined }): Promise<{ xml: string; url: string | null; preview: MetadataPreview }> {
  const before = await findSamlConnectionView(ctx, id)
  const text = xml ?? (await fetchMetadata(url ?? ''))
  const { entityId, name, signInUrl, binding, certificates, validUntil } = metadataOf(text, ctx.now)
  const after = { entityId, name, signInUrl, binding, certificates: certificates.map((facts) => certificateView(facts, ctx.now)) }
  return { xml: text, url: xml === undefined ? (url ?? null) : null, preview: { ...after, validUntil: validUntil?.toISOString() ?? null, changes: metadataChanges(before.provider, after) } }
}
