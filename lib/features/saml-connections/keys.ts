import { now } from '@/lib/clock'
import { db, type Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import { seal, unseal } from '@/lib/secrets'
import { readCertificate } from '@/lib/sso/saml/certificate'
import { makeOwnCertificate, type OwnCertificate } from '@/lib/sso/saml/own-certificate'

export type SamlKeyRole = 'present' | 'next'
export type SamlKeyRow = { role: string; certificate: string; notAfter: Date; createdAt: Date }

type Owner = { organizationId: string; id: string }

const COMMON_NAME = 'Gatehouse SAML'

/** A new key as a row, its private part sealed. Making one takes a moment, so do it outside a transaction. */
export async function newSamlKey({ organizationId, id }: Owner, role: SamlKeyRole) {
  const at = now()
  const { certificate, privateKey } = await makeOwnCertificate(COMMON_NAME, at)
  const read = readCertificate(certificate)
  if (!read.ok) throw new Error('a certificate that was just made cannot be read')
  return { id: newId('samlKey'), organizationId, connectionId: id, role, certificate, privateKey: seal(privateKey), notAfter: read.facts.notAfter, createdAt: at }
}

/** The certificates of a connection, the present one first; none yet: empty. */
export async function findSamlKeys(tx: Tx, { organizationId, id }: Owner): Promise<SamlKeyRow[]> {
  const rows = await tx.samlKey.findMany({ where: { organizationId, connectionId: id }, select: { role: true, certificate: true, notAfter: true, createdAt: true } })
  return rows.sort((a, b) => Number(b.role === 'present') - Number(a.role === 'present'))
}

/** Makes the first key of a connection when it has none; of two processes at once one wins. */
export async function ensureSamlKey(owner: Owner): Promise<void> {
  const where = { organizationId: owner.organizationId, connectionId: owner.id, role: 'present' }
  if ((await db().samlKey.count({ where })) > 0) return
  await db().samlKey.createMany({ data: [await newSamlKey(owner, 'present')], skipDuplicates: true })
}

/** The keys with their private parts, the present one first. */
export async function openSamlKeys({ organizationId, id }: Owner): Promise<readonly [OwnCertificate, ...OwnCertificate[]]> {
  await ensureSamlKey({ organizationId, id })
  const rows = await db().samlKey.findMany({ where: { organizationId, connectionId: id }, select: { role: true, certificate: true, privateKey: true } })
  const opened = rows.map(({ role, certificate, privateKey }) => ({ role, key: { certificate, privateKey: unseal(privateKey) } }))
  const present = opened.find(({ role }) => role === 'present')
  if (!present) throw new Error('a connection lost its key')
  return [present.key, ...opened.filter((one) => one !== present).map(({ key }) => key)]
}

/** The certificates that our metadata publishes, the present one first. */
export async function publicCertificates(owner: Owner): Promise<string[]> {
  await ensureSamlKey(owner)
  return (await findSamlKeys(db(), owner)).map(({ certificate }) => certificate)
}
