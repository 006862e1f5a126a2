import type { MembershipFacts, OrganizationFacts } from '@/lib/access/context'

/** Who is asking, before any organization is looked at. */
export type Actor =
  | { type: 'session'; accountId: string; email: string; name: string; sessionId: string; method: string }
  | {
      type: 'api-key'; keyId: string; keyName: string; organizationId: string; membershipId: string
      /** What was read along with the key. Good for reading with it at once; changes look again, in their transaction. */
      entrance?: { organization: OrganizationFacts & { accessVersion: bigint }; membership: MembershipFacts }
    }
  | { type: 'command'; name: string }

export type SessionActor = Extract<Actor, { type: 'session' }>
export type ApiKeyActor = Extract<Actor, { type: 'api-key' }>

/** The local command, as an actor. */
export const commandActor: Actor = { type: 'command', name: 'local command' }
