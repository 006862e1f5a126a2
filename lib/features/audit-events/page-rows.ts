import { diffOf, type DiffRow } from './diff'
import { redacted, withoutSecrets } from './redaction'
import type { AuditEventView } from './schema'
import { predicateOf, sentencePartsOf, titleOf, type Part } from './sentences'

/** An event as the table shows it: plain values, made on the server. */
export type AuditRow = {
  id: string
  at: string
  event: string
  title: string
  outcome: AuditEventView['outcome']
  source: string
  actor: { id: string; name: string }
  target: { id: string; name: string } | null
  predicate: Part[]
  address: string
}

/** An event as the panel shows it. */
export type OpenedEvent = {
  id: string
  at: string
  event: string
  title: string
  outcome: AuditEventView['outcome']
  sentence: Part[]
  diff: DiffRow[]
  detail: DiffRow[]
  actor: AuditEventView['actor']
  targets: AuditEventView['targets']
  source: string
  address: string
  userAgent: string
  requestId: string
  /** Its number in the chain; null while it waits for its seal. */
  sequence: string | null
  /** The whole entry as JSON. */
  payload: string
}

/** What a person filters by to see what an actor did: the address stands for the account and the member. */
const filterIdOf = ({ id, name }: { id: string; name: string }): string => (name.includes('@') ? name : id)

export const rowOf = (event: AuditEventView): AuditRow => ({
  id: event.id, at: event.at, event: event.event, title: titleOf(event.event), outcome: event.outcome, source: event.source, address: event.address,
  actor: { id: filterIdOf(event.actor), name: withoutSecrets(event.actor.name) },
  target: event.targets[0] ? { id: event.targets[0].id, name: withoutSecrets(event.targets[0].name) || event.targets[0].id } : null,
  predicate: predicateOf(event),
})

export const openedOf = (event: AuditEventView): OpenedEvent => ({
  id: event.id, at: event.at, event: event.event, title: titleOf(event.event), outcome: event.outcome, source: event.source, address: event.address,
  sentence: sentencePartsOf(event), diff: diffOf(event.before, event.after), detail: diffOf(null, event.detail),
  actor: { ...event.actor, name: withoutSecrets(event.actor.name) },
  targets: event.targets.map((target) => ({ ...target, name: withoutSecrets(target.name) })),
  userAgent: event.userAgent, requestId: event.requestId, sequence: event.seal?.sequence ?? null, payload: JSON.stringify(redacted('', event), null, 2),
})
