import type { Because } from '@/lib/access/engine/decide'
import type { Outcome } from '@/lib/access/engine/explain'

/** A resource of the tree, for people. */
export type Place = { id: string; type: string; typeTitle: string; name: string }

/** Somebody or something that can hold roles. `href`: its page, where the reader may open it. */
export type Who = { id: string; kind: string; name: string; detail: string; href: string | null }

/** One assignment that was looked at, in names. */
export type ToldAssignment = {
  id: string | null
  role: string
  /** The group through which it is held. */
  via: string | null
  scope: Place
  /** From just below the scope down to the resource asked about; empty when held there, or not on its path. */
  through: Place[]
  outcome: Outcome
  /** Why it counts or does not, in words. */
  words: string
  expiresAt: string | null
  /** Who gave it and why, as far as it is known. */
  given: string
}

/** One statement of a policy, with how it met the question. */
export type ToldStatement = { name: string; effect: 'permit' | 'forbid'; outcome: 'matched' | 'not-matched' | 'failed'; text: string; words: string; /** The part that did not hold, or failed. */ clause: string | null }

/** What one policy said: a group's, or the guardrails. */
export type ToldPolicy = { owner: string; groupId: string | null; href: string | null; outcome: 'allows' | 'forbids' | 'silent'; words: string; statements: ToldStatement[] }

/** A box of the picture. */
export type Box = { kind: 'who' | 'group' | 'role' | 'policy' | 'scope' | 'resource'; caption: string; label: string; isInherited: boolean }

export type Check = { label: string; state: 'yes' | 'no' | 'open'; detail: string }

/** A role that would grant it, at the places where it could be given, nearest first. */
export type Fix = {
  role: { id: string; title: string; description: string }
  /** How many other permissions come with it. */
  others: number
  places: (Place & { disabledReason: string | null })[]
}

export type ToldExplanation = {
  allow: boolean
  because: Because
  /** Yes or no with its reason, in one sentence. */
  sentence: string
  who: Who
  /** Of a key: whose rights it has. */
  owner: Who | null
  action: { name: string; title: string; description: string }
  path: Place[]
  boxes: Box[][]
  considered: ToldAssignment[]
  policies: ToldPolicy[]
  checks: Check[]
  fixes: Fix[]
  /** To whom a role could be given: the subject itself, or one of its groups. */
  receivers: { type: 'user' | 'group' | 'service_account'; id: string; name: string }[]
  /** Where everybody holds exactly one role, giving one takes the other. */
  replaces: boolean
  /** Who can grant it, by address. */
  grantors: string[]
  at: string
}
