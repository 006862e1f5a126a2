/** Who is asking, before any organization is looked at. */
export type Actor =
  | { type: 'session'; accountId: string; email: string; name: string; sessionId: string; method: string }
  | { type: 'api-key'; keyId: string; keyName: string; organizationId: string; membershipId: string }
  | { type: 'command'; name: string }

export type SessionActor = Extract<Actor, { type: 'session' }>
export type ApiKeyActor = Extract<Actor, { type: 'api-key' }>

/** The local command, as an actor. */
export const commandActor: Actor = { type: 'command', name: 'local command' }
