import type { Ctx } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import type { Prisma } from '@/lib/generated/prisma/client'
import { daysLeft } from '@/lib/sso/saml/certificate'
import { MetadataError, readMetadata, type IdpMetadata } from '@/lib/sso/saml/metadata'
import { newSamlKey } from './keys'
import { storedSettings } from './queries'
import { SamlConnectionInput, SetMetadataInput, SetRequirementsInput, type StoredSamlSettings } from './schema'

type Locked = { id: string; name: string; status: string; settings: Prisma.JsonValue; isIdpInitiated: boolean }

const target = ({ id, name }: { id: string; name: string }) => ({ type: 'connection', id, name })

/** A SAML connection of this organization, row held, though not against its first key, which is made outside. @throws AppError `not-found` */
async function lockSamlConnection(ctx: Ctx, id: string): Promise<Locked> {
  const [row] = await ctx.tx.$queryRaw<Locked[]>`
    SELECT "id", "name", "status", "settings", "isIdpInitiated" FROM "SsoConnection" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} AND "kind" = 'saml' FOR NO KEY UPDATE`
  if (!row) throw new AppError('not-found', `no SAML connection \`${id}\``)
  return row
}

/** After a change of what is checked, an earlier test proves nothing. */
const untested = ({ status }: Locked) =>
  ({ testedAt: null, testedById: null, testedByName: '', testedSessionId: null, isTestedAsSelf: false, ...(status === 'tested' && { status: 'draft' }) })

const save = (ctx: Ctx, id: string, data: Prisma.SsoConnectionUpdateInput) =>
  ctx.tx.ssoConnection.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { ...data, updatedAt: ctx.now }, select: { id: true } })

/** Metadata as it is read. @throws AppError `invalid-input` at the field `xml` with the reason */
export function metadataOf(xml: string, now: Date): IdpMetadata {
  try {
    return readMetadata(xml, now)
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error
    throw new AppError('invalid-input', `the metadata cannot be used: ${error.message}`, { fields: [{ path: 'xml', message: `This metadata cannot be used: ${error.message}` }] })
  }
}

/** What the log keeps of metadata: whom it names and by which certificates. */
const inWords = (stored: StoredSamlSettings | null, certificates: readonly string[] = []) =>
  stored === null ? {} : { entityId: stored.entityId, signInUrl: stored.signInUrl, binding: stored.binding, ...(certificates.length > 0 && { certificates: [...certificates] }) }

/** Takes over who the identity provider is, where people are sent, and which certificates sign. */
export const setSamlMetadata = operation({
  event: 'connection.set-metadata',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  recent: true,
  input: SetMetadataInput,
  run: async (ctx, { id, xml, url }) => {
    const connection = await lockSamlConnection(ctx, id)
    const before = storedSettings(connection.settings)
    const { entityId, name, signInUrl, binding, certificates } = metadataOf(xml, ctx.now)
    const settings: StoredSamlSettings = {
      signedParts: before?.signedParts ?? 'assertion', wantsEncryption: before?.wantsEncryption ?? false,
      entityId, name, signInUrl, binding, certificates: certificates.map(({ pem }) => pem), metadataUrl: url, metadataAt: ctx.now.toISOString(),
    }
    // A new certificate of the same provider, as it comes with every rotation, leaves the test standing.
    const isSame = before !== null && before.entityId === entityId && before.signInUrl === signInUrl
    await save(ctx, id, { settings, ...(!isSame && untested(connection)) })
    return { value: { id, entityId }, targets: [target(connection)], before: inWords(before), after: inWords(settings, certificates.map(({ fingerprint }) => fingerprint)) }
  },
})

/** Says which parts must be signed, whether assertions must be encrypted, and where a sign-in may begin. */
export const setSamlRequirements = operation({
  event: 'connection.set-requirements',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  recent: true,
  input: SetRequirementsInput,
  run: async (ctx, { id, ...wanted }) => {
    const connection = await lockSamlConnection(ctx, id)
    const stored = storedSettings(connection.settings)
    if (!stored) throw new AppError('conflict', `upload the metadata of the identity provider of \`${connection.name}\` first`)
    const before = { signedParts: stored.signedParts, wantsEncryption: stored.wantsEncryption, isIdpInitiated: connection.isIdpInitiated }
    const after = { signedParts: wanted.signedParts ?? before.signedParts, wantsEncryption: wanted.wantsEncryption ?? before.wantsEncryption, isIdpInitiated: wanted.isIdpInitiated ?? before.isIdpInitiated }
    const isChecked = after.signedParts !== before.signedParts || after.wantsEncryption !== before.wantsEncryption
    const settings: StoredSamlSettings = { ...stored, signedParts: after.signedParts, wantsEncryption: after.wantsEncryption }
    await save(ctx, id, { settings, isIdpInitiated: after.isIdpInitiated, ...(isChecked && untested(connection)) })
    return { value: { id }, targets: [target(connection)], before, after }
  },
})

/** Makes the next certificate of ours and publishes it beside the present one. */
export const makeNextSamlKey = operation({
  event: 'connection.make-certificate',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: SamlConnectionInput,
  run: async (ctx, { id }) => {
    const connection = await lockSamlConnection(ctx, id)
    const where = { organizationId_connectionId_role: { organizationId: ctx.orgId, connectionId: id, role: 'next' } }
    if (await ctx.tx.samlKey.findUnique({ where, select: { id: true } })) throw new AppError('conflict', 'there is a next certificate already; let it take over, or remove it first')
    const row = await newSamlKey({ organizationId: ctx.orgId, id }, 'next')
    await ctx.tx.samlKey.create({ data: row })
    return { value: { id }, targets: [target(connection)], detail: { days: daysLeft(row.notAfter, ctx.now) } }
  },
})

/** Lets the next certificate take over; the present one is gone for good. */
export const promoteSamlKey = operation({
  event: 'connection.switch-certificate',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  recent: true,
  input: SamlConnectionInput,
  run: async (ctx, { id }) => {
    const connection = await lockSamlConnection(ctx, id)
    const mine = { organizationId: ctx.orgId, connectionId: id }
    const next = await ctx.tx.samlKey.findUnique({ where: { organizationId_connectionId_role: { ...mine, role: 'next' } }, select: { id: true } })
    if (!next) throw new AppError('conflict', 'there is no next certificate; make one, and give it to the identity provider first')
    await ctx.tx.samlKey.deleteMany({ where: { ...mine, role: 'present' } })
    await ctx.tx.samlKey.update({ where: { id: next.id }, data: { role: 'present' }, select: { id: true } })
    return { value: { id }, targets: [target(connection)] }
  },
})

/** Takes the next certificate back before it has taken over. */
export const dropNextSamlKey = operation({
  event: 'connection.remove-certificate',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  input: SamlConnectionInput,
  run: async (ctx, { id }) => {
    const connection = await lockSamlConnection(ctx, id)
    const { count } = await ctx.tx.samlKey.deleteMany({ where: { organizationId: ctx.orgId, connectionId: id, role: 'next' } })
    if (count === 0) throw new AppError('conflict', 'there is no next certificate')
    return { value: { id }, targets: [target(connection)] }
  },
})
