import type { DirectoryActor } from '@/lib/access/principals/actor'

/** A request as the routes of SCIM see it: its token is good. */
export type ScimCall = {
  actor: DirectoryActor
  method: string
  /** Id in the address, where there is one. */
  id: string
  query: (name: string) => string | string[] | undefined
  header: (name: string) => string | undefined
  /** Parsed JSON; undefined where the route takes none. */
  body: unknown
}
