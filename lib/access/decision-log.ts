import type { Because } from './engine/decide'
import { processWide } from '@/lib/process-state'

const MINUTE_MS = 60_000
/** Principals and permissions that are counted apart until they are written down; beyond it they are counted together. */
const KEPT_MAX = 50_000
/** Denials of one organization that a minute of a process keeps one by one; the rest is counted only. */
export const DENIALS_A_MINUTE = 60
/** What callers chose freely is not kept longer than this. */
const TEXT_MAX = 200

/** Stands for what the organization does not know, so that nobody fills the log with names of their own. */
export const UNKNOWN = ''

/** Decisions about one principal and permission within a minute. */
export type Tally = { organizationId: string; minute: number; permission: string; principalId: string; allowed: number; denied: number; lastAt: number }

/** One no, with what was asked. `principalId` and `resourceId` are empty where the organization knows no such thing. */
export type Denial = {
  organizationId: string; at: number; because: Because
  principalId: string; permission: string; resourceId: string
  asked: { subjectType: string; subjectId: string; resourceType: string; resourceId: string; address: string | null }
  /** Who asked. */
  callerId: string; credentialId: string
}

type Outcome = Pick<Denial, 'organizationId' | 'at' | 'principalId' | 'permission'> & { allow: boolean }

type State = {
  minute: number
  /** Organization, permission, principal. */
  tallies: Map<string, Map<string, Map<string, Tally>>>
  /** Denials kept in this minute, by organization. */
  kept: Map<string, number>
  size: number
  past: Tally[]
  denials: Denial[]
}

const empty = (): State => ({ minute: 0, tallies: new Map(), kept: new Map(), size: 0, past: [], denials: [] })
// The door and its job are of one bundle; pages, which only read the database, are of another.
const state = (): State => processWide('decision-log', empty)

function talliesOf({ tallies }: State): Tally[] {
  return [...tallies.values()].flatMap((byPermission) => [...byPermission.values()].flatMap((byPrincipal) => [...byPrincipal.values()]))
}

function beginMinute(log: State, minute: number): void {
  log.past.push(...talliesOf(log))
  log.tallies = new Map()
  log.kept.clear()
  log.minute = minute
}

function within<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Counts one decision: two or three look-ups, and no write; a job writes down what was counted. */
export function countDecision({ organizationId, permission, principalId, allow, at }: Outcome): void {
  const log = state()
  const minute = at - (at % MINUTE_MS)
  if (minute !== log.minute) beginMinute(log, minute)
  const byPrincipal = within(within(log.tallies, organizationId, () => new Map<string, Map<string, Tally>>()), permission, () => new Map<string, Tally>())
  const counted = byPrincipal.has(principalId) || log.size < KEPT_MAX ? principalId : UNKNOWN
  const tally = within(byPrincipal, counted, () => {
    log.size += 1
    return { organizationId, minute, permission, principalId: counted, allowed: 0, denied: 0, lastAt: at }
  })
  if (allow) tally.allowed += 1
  else tally.denied += 1
  tally.lastAt = at
}

const cut = (text: string): string => text.replaceAll('\0', '').slice(0, TEXT_MAX)

/** Keeps one no, unless this minute has kept enough of the organization's. Called after it was counted. */
export function keepDenial(denial: () => Denial, organizationId: string): void {
  const log = state()
  const kept = log.kept.get(organizationId) ?? 0
  if (kept >= DENIALS_A_MINUTE || log.denials.length >= KEPT_MAX) return
  log.kept.set(organizationId, kept + 1)
  const { asked, ...rest } = denial()
  const { subjectType, subjectId, resourceType, resourceId, address } = asked
  log.denials.push({
    ...rest,
    asked: { subjectType: cut(subjectType), subjectId: cut(subjectId), resourceType: cut(resourceType), resourceId: cut(resourceId), address: address === null ? null : cut(address) },
  })
}

/** Hands over what was counted and kept, and begins anew. */
export function takeDecisions(): { tallies: Tally[]; denials: Denial[] } {
  const log = state()
  const tallies = [...log.past, ...talliesOf(log)]
  const { denials } = log
  Object.assign(log, { tallies: new Map(), size: 0, past: [], denials: [] })
  return { tallies, denials }
}

/** Takes back what could not be written, as far as there is room. */
export function giveBack({ tallies, denials }: ReturnType<typeof takeDecisions>): void {
  const log = state()
  const room = Math.max(0, KEPT_MAX - log.past.length)
  log.past.push(...tallies.slice(0, room))
  log.size += Math.min(room, tallies.length)
  log.denials = [...denials, ...log.denials].slice(0, KEPT_MAX)
}
