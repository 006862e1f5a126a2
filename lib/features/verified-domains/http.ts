import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, Time } from '@/lib/boundary/http-schema'
import { addDomain, removeDomain, verifyDomain } from './operations'
import { findDomain, listDomains } from './queries'
import { DomainId } from './schema'

const EXAMPLE_ID = 'dom_019a0b6e-6400-7bbb-8c10-2a3b4c5d6e7f'
const tag = 'Single sign-on'

const VerifiedDomain = z.object({
  id: idText(EXAMPLE_ID, 'Id of the domain.'),
  domain: z.string(),
  record: z.object({ name: z.string(), value: z.string() }).meta({ description: 'The TXT record that proves the domain.' }),
  verifiedAt: Time.nullable().meta({ description: 'Null: connections may not speak for it yet.' }),
  missingSince: Time.nullable().meta({ description: 'Since when the record of a verified domain is not found any more. It stays verified until it is removed.' }),
  createdAt: Time,
}).meta({ id: 'VerifiedDomain', description: 'An e-mail domain of the organization.' })

const example = { id: EXAMPLE_ID, domain: 'acme.example', record: { name: '_gatehouse-challenge.acme.example', value: 'gatehouse-domain-verification=5JxQ' }, verifiedAt: null, missingSince: null, createdAt: '2026-11-22T09:30:00.000Z' }

const Params = z.object({ id: DomainId.meta({ description: 'Id of the domain.', example: EXAMPLE_ID }) })

const resource = {
  schema: VerifiedDomain, table: 'VerifiedDomain' as const, permission: 'sign-in:read' as const, idOf: ({ id }: { id: string }) => id,
  read: (ctx: Ctx, { id }: { id: string }) => findDomain(ctx, id),
}

export const domainRoutes = [
  defineRead({
    path: '/verified-domains', tag, summary: 'List e-mail domains', description: 'By name, those that wait for their record too.', permission: 'sign-in:read',
    output: listOf(VerifiedDomain), example: { data: [example], nextCursor: null }, read: async (ctx) => ({ data: await listDomains(ctx), nextCursor: null }),
  }),
  defineRoute({
    method: 'post', path: '/verified-domains', tag, summary: 'Add an e-mail domain', description: 'The answer holds the TXT record to publish.', operation: addDomain, bodyExample: { domain: 'acme.example' },
    status: 201, output: VerifiedDomain, example, errors: ['already-exists'], answer: (ctx, { id }) => findDomain(ctx, id), location: ({ id }) => `/verified-domains/${id}`,
  }),
  defineRead({ path: '/verified-domains/{id}', tag, summary: 'Show an e-mail domain', permission: 'sign-in:read', params: Params, output: VerifiedDomain, example, hasVersion: true, read: (ctx, { params }) => findDomain(ctx, params.id) }),
  defineRoute({ method: 'post', path: '/verified-domains/{id}/verify', tag, summary: 'Verify an e-mail domain', description: 'Looks for the TXT record; 409 tells what was found instead.', operation: verifyDomain, params: Params, input: ({ params }) => params, resource, example, errors: ['conflict'] }),
  defineRoute({ method: 'delete', path: '/verified-domains/{id}', tag, summary: 'Remove an e-mail domain', operation: removeDomain, params: Params, input: ({ params }) => params, status: 204, resource, errors: ['conflict'] }),
]
