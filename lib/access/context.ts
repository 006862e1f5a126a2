import type { AccessModel } from './models/access-model'
import type { CorePermission } from './permissions'
import type { Rights } from './rights'
import type { Actor } from './principals/actor'
import type { Tx } from '@/lib/db'
import type { RequestFacts } from '@/lib/request'

declare const proven: unique symbol

export type OrganizationFacts = { id: string; slug: string; name: string; accessModel: string; memberLimit: number | null }

/** The membership of a person; null where a service account, a token or the local command acts. */
export type MembershipFacts = { id: string; email: string; name: string }

/** Who acts, as audit and answers name them. A token's name is its description, or what can be shown of its client id. */
export type PrincipalFacts = { type: 'user' | 'service_account' | 'token' | 'directory' | 'command'; id: string; name: string }

/** An actor inside an organization, permission not yet asked. */
export type Entered = {
  orgId: string
  organization: OrganizationFacts
  principal: PrincipalFacts
  membership: MembershipFacts | null
  /** The organization's access model, a built-in one or its own. */
  model: AccessModel
  actor: Actor
  rights: Rights
  tx: Tx
  now: Date
  request: RequestFacts
}

/**
 * The proof that an actor holds permission `P` in an organization; only `enter.ts` makes one, so a
 * query that demands `Ctx<'member:read'>` cannot be called without the check. `Ctx<never>` proves
 * an active membership only.
 */
export type Ctx<P extends CorePermission = never> = Entered & {
  readonly [proven]: { readonly [K in P]: true }
}
