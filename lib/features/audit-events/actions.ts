'use server'
import { requireActor } from '@/lib/boundary/browser'
import { refusalOf } from '@/lib/boundary/report'
import type { ActionResult } from '@/lib/boundary/result'
import { verifyAudit, type VerificationReport } from './reading'

/** Verifies the chain, against a copy of the anchor if one is given. Never throws. */
export async function verifyAuditAction(org: string, input: { kept?: { count: string; head: string } }): Promise<ActionResult<VerificationReport>> {
  try {
    return { ok: true, value: await verifyAudit(await requireActor(), org, input) }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}
