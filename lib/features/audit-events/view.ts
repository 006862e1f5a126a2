import { z } from 'zod'
import type { SealedRow } from './rows'
import { AuditTargetOutput, OUTCOMES, type AuditEventView } from './schema'
import { sentenceOf } from './sentences'

const Targets = z.array(AuditTargetOutput).catch([])
const Facts = z.record(z.string(), z.unknown()).nullable().catch(null)
const Outcome = z.enum(OUTCOMES).catch('failed')

/** A row as everybody reads it. */
export function viewOf(row: SealedRow): AuditEventView {
  const { id, event, source, address, userAgent, requestId } = row
  const seal = row.sequence === null || row.seal === null ? null : { sequence: String(row.sequence), value: row.seal }
  const told = {
    event,
    outcome: Outcome.parse(row.outcome),
    actor: { type: row.actorType, id: row.actorId, name: row.actorName, credentialId: row.credentialId },
    targets: Targets.parse(row.targets),
    before: Facts.parse(row.before),
    after: Facts.parse(row.after),
    detail: Facts.parse(row.detail),
  }
  return { id, at: row.at.toISOString(), source, sentence: sentenceOf(told), ...told, address, userAgent, requestId, seal }
}
