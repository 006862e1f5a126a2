import type { Narrowing } from '@/lib/access/engine/decide'
import type { MembershipFacts, OrganizationFacts, PrincipalFacts } from '@/lib/access/context'

/** What a program came with. An access token is named by the credential it was made from. */
export type CredentialType = 'api_key' | 'service_account_key' | 'token' | 'access_token'

/** What an access token can be made from. */
export type AccessTokenOrigin = Exclude<CredentialType, 'access_token'> | 'trusted_issuer'

/** What was read along with a credential. Good for reading with it at once; changes look again, in their transaction. */
export type Entrance = { organization: OrganizationFacts & { accessVersion: bigint }; principal: PrincipalFacts; membership: MembershipFacts | null }

/** A signed-in browser, as the log names it. */
export type SessionIdentity = { type: 'session'; accountId: string; email: string; name: string; sessionId: string; method: string }

/** The same with what the gate asks: how old it is, what it has proven and when. */
export type SessionActor = SessionIdentity & {
  openedAt: Date
  /** When the person last proved that it is them. */
  confirmedAt: Date
  /** The second factor this session has shown; null: none. */
  secondFactor: string | null
  /** Whether the account has one to show. */
  hasSecondFactor: boolean
  /** The one organization it opens, and the connection of it that it came through; null: a recovery code. Left out: the account's own session. */
  through?: { organizationId: string; connectionId: string | null }
}

/** Who is asking, before any organization is looked at. */
export type Actor =
  | SessionActor
  | {
      type: 'credential'
      credential: { type: CredentialType; id: string; name: string; /** Of an access token. */ madeFrom?: AccessTokenOrigin }
      organizationId: string
      /** Whose rights it acts with: a membership, a service account, or the token itself. */
      principal: { type: 'user' | 'service_account' | 'token'; id: string }
      /** What of those rights it may use; null: all. */
      narrowing: Narrowing | null
      /** Ranges of addresses it may come from, as stored; empty: anywhere. */
      addresses: readonly string[]
      expiresAt: Date | null
      /** What the organization allows each credential; left out or null: as much as the installation does. */
      requestsPerMinute?: number | null
      entrance?: Entrance
    }
  | {
      /** A directory's SCIM token: may change memberships and its groups, through `/scim/v2` alone. */
      type: 'directory'
      organizationId: string
      directory: { id: string; name: string }
      token: { id: string; name: string; /** What it changes is taken back. */ rehearses: boolean }
    }
  | { type: 'command'; name: string }

export type DirectoryActor = Extract<Actor, { type: 'directory' }>
export type CredentialActor = Extract<Actor, { type: 'credential' }>

/** The local command, as an actor. */
export const commandActor: Actor = { type: 'command', name: 'local command' }

/** The same, as whoever acts inside an organization. */
export const COMMAND: PrincipalFacts = { type: 'command', id: 'command', name: 'local command' }
