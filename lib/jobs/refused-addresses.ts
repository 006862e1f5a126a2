import { keepRefusedAddress, takeRefusedAddresses, type RefusedAddress } from '@/lib/access/principals/refused-addresses'
import { writeAudit } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { transaction } from '@/lib/db'
import { withRequest } from '@/lib/request'
import { tellDatabase } from '@/lib/shared-counter'

const WINDOW_SECONDS = 60

async function tell({ organizationId, keyId, address, count, requestId, userAgent }: RefusedAddress): Promise<void> {
  const facts = { id: requestId, address, userAgent, source: 'api' as const, nonce: '', session: null }
  await withRequest(facts, () => transaction(async (tx) => {
    const key = await tx.apiKey.findFirst({ where: { organizationId, id: keyId }, select: { name: true, membershipId: true, serviceAccountId: true, membership: { select: { email: true } }, serviceAccount: { select: { name: true } } } })
    // A key that is gone since has nobody to be told about.
    if (!key) return
    const actor = key.membership ? { type: 'api_key', id: key.membershipId ?? keyId, name: key.membership.email } : { type: 'service_account', id: key.serviceAccountId ?? keyId, name: key.serviceAccount?.name ?? '' }
    await writeAudit(tx, [{ organizationId, event: 'credential.refuse-address', outcome: 'denied', actor: { ...actor, credentialId: keyId }, targets: [{ type: 'api_key', id: keyId, name: key.name }], detail: { count, address } }])
  }))
}

async function tellInTurn(each: RefusedAddress): Promise<void> {
  const turn = await tellDatabase('refused-address', `${each.organizationId} ${each.keyId} ${each.address}`, 1, WINDOW_SECONDS)
  if (turn.count > 1) keepRefusedAddress({ ...each, notBefore: turn.endsAt })
  else await tell(each)
}

/**
 * Tells the log of keys used from addresses they are not for: one event a minute for each key and address, whatever the
 * process, with how many it stands for. What could not be told is kept for the next time.
 */
export async function writeRefusedAddresses(): Promise<void> {
  const failures: unknown[] = []
  for (const each of takeRefusedAddresses(now().getTime())) {
    await tellInTurn(each).catch((error: unknown) => {
      keepRefusedAddress(each)
      failures.push(error)
    })
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not every key used from elsewhere could be told of')
}
