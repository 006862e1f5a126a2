/** Somebody who gains or loses, somewhere: as pages and answers show it. */
export type ShiftLine = {
  principal: { type: string; id: string; name: string }
  resource: { type: string; id: string; name: string }
  permissions: { name: string; title: string }[]
}

/** A policy statement that has a say by the circumstances of each request, such as its address: not counted. `text` is null for who may not read it. */
export type UndecidedStatement = { owner: { type: 'group' | 'guardrails'; id: string; name: string }; text: string | null }

export type AccessPreviewView = {
  losses: ShiftLine[]
  gains: ShiftLine[]
  /** Lines that there are beyond those. */
  moreLosses: number
  moreGains: number
  /** How many principals were looked at. */
  lookedAt: number
  /** Others, such as members of large groups, that were not looked at one by one: what their group loses or gains, they may. */
  unseenMembers: number
  /** From when on it is so, RFC 3339; null: at once. */
  since: string | null
  undecided: UndecidedStatement[]
}

/** Most lines of each kind that are named. */
export const LINES_MAX = 100

/** Whether there is nothing to say about a change, but that it changes nobody's access. */
export const isNothing = ({ losses, gains, unseenMembers, undecided }: AccessPreviewView): boolean => losses.length + gains.length + unseenMembers + undecided.length === 0
