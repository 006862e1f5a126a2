import { log } from '@/lib/log'
import type { AccessModel } from '@/lib/access/models/access-model'
import { compilePolicies, type CompiledPolicies } from '@/lib/access/policies/compile'
import { coverageOf, reachOf, type Coverage, type Reach } from '@/lib/access/policies/coverage'
import type { ParsedStatement } from '@/lib/access/policies/policy-text'
import { mentionsOf } from '@/lib/access/policies/references'
import { compileScope, type ScopeTest } from '@/lib/access/policies/scope-tests'
import { isAppError } from '@/lib/errors'
import type { IdTable } from './engine/id-table'

/** A forbid that is about certain principals: its scope or its conditions speak of them. */
export type PersonalForbid = { reach: Reach; fits: ScopeTest }

/** A stored text, compiled when it came; `problem` says why it could not be, and then it permits nothing. */
export type KnownPolicy = { ownerId: string; text: string; compiled: CompiledPolicies | null; problem: string | null; coverage: Coverage; personal: readonly PersonalForbid[] }

const NOTHING: Coverage = { permits: [], forbids: [] }

const isPersonal = (statement: ParsedStatement) => statement.json.principal.op !== 'All' || mentionsOf(statement).variables.has('principal')

const personalForbids = (model: AccessModel, statements: readonly ParsedStatement[]): PersonalForbid[] =>
  statements.filter(({ json }) => json.effect === 'forbid').filter(isPersonal).map((statement) => ({
    reach: reachOf(model, statement), fits: statement.json.principal.op === 'All' ? () => true : compileScope('principal', statement.json.principal),
  }))

function compile(model: AccessModel, ownerId: string, text: string): KnownPolicy {
  try {
    const compiled = compilePolicies(model, text)
    return { ownerId, text, compiled, problem: null, coverage: coverageOf(model, compiled.parsed), personal: personalForbids(model, compiled.parsed) }
  } catch (error) {
    if (!isAppError(error)) throw error
    log().error({ ownerId, err: error }, 'a stored policy cannot be read; it permits nothing')
    return { ownerId, text, compiled: null, problem: error.message, coverage: NOTHING, personal: [] }
  }
}

/** The policies of an organization's groups, and its guardrails. Compiled here once, so that questions only evaluate. */
export class PolicyIndex {
  private readonly byGroup = new Map<string, KnownPolicy>()
  /** By the group's number among the principals, which it keeps for good. */
  private readonly byNumber = new Map<number, KnownPolicy>()
  private guarding: KnownPolicy | null = null

  constructor(private readonly model: AccessModel, private readonly organizationId: string, private readonly ids: IdTable, texts: ReadonlyMap<string, string> = new Map()) {
    for (const [ownerId, text] of texts) this.put(ownerId, text)
  }

  put(ownerId: string, text: string): void {
    if (this.of(ownerId)?.text === text) return
    const known = text.trim() === '' ? null : compile(this.model, ownerId, text)
    if (ownerId === this.organizationId) this.guarding = known
    else this.enter(ownerId, known)
  }

  private enter(groupId: string, known: KnownPolicy | null): void {
    const group = this.ids.intern(groupId)
    if (known) {
      this.byGroup.set(groupId, known)
      this.byNumber.set(group, known)
    } else {
      this.byGroup.delete(groupId)
      this.byNumber.delete(group)
    }
  }

  remove(ownerId: string): void {
    this.put(ownerId, '')
  }

  /** Nothing is written anywhere: role grants are all there is. */
  get isEmpty(): boolean {
    return this.guarding === null && this.byGroup.size === 0
  }

  get guardrails(): KnownPolicy | null {
    return this.guarding
  }

  /** The policy of a group; undefined when it has none. */
  of(ownerId: string): KnownPolicy | undefined {
    return ownerId === this.organizationId ? (this.guarding ?? undefined) : this.byGroup.get(ownerId)
  }

  /** The policy of a group by its number. */
  at(group: number): KnownPolicy | undefined {
    return this.byNumber.get(group)
  }

  get groupIds(): IterableIterator<string> {
    return this.byGroup.keys()
  }

  get hasGroups(): boolean {
    return this.byGroup.size > 0
  }

  /** The same with one text in another's place, for trying it out. */
  with(ownerId: string, text: string): PolicyIndex {
    const copy = new PolicyIndex(this.model, this.organizationId, this.ids)
    copy.guarding = this.guarding
    for (const [id, known] of this.byGroup) copy.enter(id, known)
    copy.put(ownerId, text)
    return copy
  }
}
