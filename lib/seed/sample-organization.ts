import { SYSTEM_ACTOR, writeAudit } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { db, transaction, type Tx } from '@/lib/db'
import { env } from '@/lib/env'
import { insertFounder, insertOrganization } from '@/lib/features/organizations/insert'
import { newId } from '@/lib/ids'
import { hashPassword } from '@/lib/passwords'
import { randomBase62 } from '@/lib/secrets'
import { FIRST_START_LOCK } from './first-start-lock'

const ADMIN_EMAIL = 'admin@acme.test'
const PASSWORD_LENGTH = 20

export type SampleAdministrator = { email: string; password: string }

/** Nobody and nothing is there yet. */
const isEmpty = async (tx: Tx): Promise<boolean> =>
  (await tx.organization.findFirst({ select: { id: true } })) === null && (await tx.account.findFirst({ select: { id: true } })) === null

async function insertSample(tx: Tx, passwordHash: string): Promise<void> {
  const account = { id: newId('account'), email: ADMIN_EMAIL }
  const at = now()
  await tx.account.create({ data: { ...account, name: 'Sample administrator', passwordHash, emailVerifiedAt: at, createdAt: at } })
  const organization = await insertOrganization(tx, { name: 'Acme', slug: 'acme', accessModel: 'standard' })
  await insertFounder(tx, organization, account)
  const { id, name, slug } = organization
  await writeAudit(tx, [{
    organizationId: id, event: 'organization.create', outcome: 'success', actor: SYSTEM_ACTOR, targets: [{ type: 'organization', id, name }],
    after: { name, slug, accessModel: 'standard', ownerEmail: ADMIN_EMAIL }, detail: { reason: 'sample organization of an empty installation' },
  }])
}

/**
 * Makes the sample organization *Acme* with one administrator in an empty database. Of two processes
 * that start together one makes it.
 *
 * @returns the administrator with the password, by the process that made them; null when something is there already
 */
export async function ensureSampleOrganization(): Promise<SampleAdministrator | null> {
  if (!(await isEmpty(db()))) return null
  const password = env().GATEHOUSE_ADMIN_PASSWORD ?? randomBase62(PASSWORD_LENGTH)
  const passwordHash = await hashPassword(password)
  return transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_START_LOCK})`
    if (!(await isEmpty(tx))) return null
    await insertSample(tx, passwordHash)
    return { email: ADMIN_EMAIL, password }
  })
}
