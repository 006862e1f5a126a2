/** Things of one kind that a change of the access model touches. */
export type ImpactLine = {
  kind: 'resources' | 'nesting' | 'groups' | 'roles' | 'role-names' | 'assignments' | 'members' | 'tokens' | 'mappings' | 'keys' | 'custom-roles' | 'policies' | 'guardrails'
  /** A sentence without full stop: what happens to them and why. */
  what: string
  count: number
  /** Some of them by name. */
  examples: string[]
}

export type NamedChange = { kind: 'resource type' | 'permission' | 'role'; change: 'added' | 'removed' | 'changed'; name: string; title: string }

/** Somebody who gains or loses permissions, and where. */
export type AccessShift = {
  principal: { type: string; id: string; name: string }
  scope: { type: string; id: string; name: string }
  gains: string[]
  loses: string[]
}

/** What a change of the access model does. */
export type ModelImpact = {
  changes: NamedChange[]
  /** In the way: to be put right first. */
  refused: ImpactLine[]
  /** Breaks when saved, which needs a confirmation. */
  breaks: ImpactLine[]
  /** Who gains and loses what; the first of them, and how many there are. */
  shifts: AccessShift[]
  shiftCount: number
}
