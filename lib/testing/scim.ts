import { makeScim } from '@/lib/api/scim/application'
import { perform } from '@/lib/boundary/perform'
import { createScimToken } from '@/lib/features/provisioning/token-operations'
import { newId } from '@/lib/ids'
import { withRequest } from '@/lib/request'
import type { TestOrganization } from './factories'

export type ScimCall = { body?: unknown; headers?: Record<string, string> }
export type ScimReply = { status: number; headers: Headers; body: Record<string, unknown> }
/** `await scim('PATCH /Users/usr_…', { body })` */
export type ScimClient = ((request: string, call?: ScimCall) => Promise<ScimReply>) & { directoryId: string; tokenId: string; secret: string }

/** Id of the resource that was answered. */
export const idIn = ({ body }: ScimReply): string => String(body['id'])

const asRecord = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {})

/** `/scim/v2` without a server around it, as a directory of the organization. */
export async function scimClient(organization: TestOrganization, name = 'Okta', directoryId?: string): Promise<ScimClient> {
  const made = await perform(createScimToken, organization.admin.actor, organization.id, { name, ...(directoryId !== undefined && { directoryId }) })
  return Object.assign(scimWith(made.secret), { directoryId: made.directoryId, tokenId: made.id, secret: made.secret })
}

/** The same with whatever stands in `Authorization`. */
export function scimWith(secret: string) {
  const { fetch } = makeScim()
  return (request: string, { body, headers = {} }: ScimCall = {}): Promise<ScimReply> => {
    const [method = 'GET', path = '/'] = [request.slice(0, request.indexOf(' ')), request.slice(request.indexOf(' ') + 1)]
    const sent = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body)
    const all = { authorization: `Bearer ${secret}`, ...(sent !== null && { 'content-type': 'application/scim+json' }), ...headers }
    const facts = { id: newId('request'), address: '198.51.100.7', userAgent: 'test', source: 'scim' as const, nonce: '', session: null }
    return withRequest(facts, async () => {
      const response = await fetch(new Request(`http://localhost:3000/scim/v2${path}`, { method, headers: all, body: sent }))
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text === '' ? {} : asRecord(JSON.parse(text)) }
    })
  }
}
