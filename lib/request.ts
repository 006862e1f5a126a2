import { AsyncLocalStorage } from 'node:async_hooks'
import { processWide } from './process-state'
import { newId } from './ids'
import type { SessionActor } from './access/principals/actor'

/** What server.ts knows about a request; nothing here comes from a header that a client can forge. */
export type RequestFacts = {
  id: string
  /** Client address: from the socket, or from trusted proxies. IPv4-mapped addresses are IPv4. */
  address: string
  userAgent: string
  source: 'console' | 'api' | 'scim' | 'command' | 'system'
  nonce: string
  /** Who the browser is signed in as, looked up once in server.ts; null for nobody and for machines. */
  session: SessionActor | null
  /** Written by a page that refuses, read by the page that says so: Next.js hands nothing from one to the other. */
  refused?: PageRefusal
  /** Why a page is refused to an address, where the front let it pass. */
  refusedAddress?: string
  /** Organizations at whose gate this request was counted as coming from an address that is not listed. */
  counted?: Set<string>
  /** Settled once a page is let in or refused: what Next.js shows of a refusal may be rendered before it is one. */
  verdict?: Promise<unknown>
}

/** What a person lacks for a page, who could give it, which of their roles came near, and where more is explained. */
export type PageRefusal = {
  permission: string
  title: string
  description: string
  scope: string
  grantors: readonly string[]
  /** Each a sentence. */
  near: readonly string[]
  roles: readonly string[]
  explainHref: string | null
}

const storage = () => processWide('request', () => new AsyncLocalStorage<RequestFacts>())

/** Runs `work` with these facts; visible in pages, actions and machine routes below it. */
export const withRequest = <T>(facts: RequestFacts, work: () => T): T => storage().run(facts, work)

/** Facts of the request under way; outside one (jobs, commands) those of the system itself. */
export function requestFacts(): RequestFacts {
  return storage().getStore() ?? { id: newId('request'), address: '', userAgent: '', source: 'system', nonce: '', session: null }
}
