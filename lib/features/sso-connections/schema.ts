import { z } from 'zod'
import { idSchema } from '@/lib/ids'
import { CONNECTION_KINDS } from './rules'

export const ConnectionId = idSchema('connection')

/** What connections that speak OpenID Connect keep in their settings. What is empty is still to come. */
export const StoredOidcSettings = z.object({
  issuer: z.string().default(''),
  clientId: z.string().default(''),
  /** For a provider that does not say whether an address is verified: the administrator's word that each is. */
  assumesVerified: z.boolean().default(false),
})
export type StoredOidcSettings = z.output<typeof StoredOidcSettings>

export const StoredAttributes = z.object({ email: z.string().optional(), name: z.string().optional(), groups: z.string().optional() })

const Name = z.string().trim().min(1, 'A connection needs a name').max(60, 'Use at most 60 characters').regex(/^\P{Cc}*$/u, 'A name is one line of text')
const Issuer = z.string().trim().max(500, 'Use at most 500 characters').transform((text) => text.replace(/\/\.well-known\/openid-configuration$/, ''))
const AttributeName = z.string().trim().max(200, 'Use at most 200 characters')

/** A domain as DNS writes it, in ASCII and lower case. */
export const Domain = z.string().trim().toLowerCase().max(253, 'A domain has at most 253 characters')
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'Write a domain such as `example.com`')

const fields = {
  name: Name,
  issuer: Issuer.optional(),
  clientId: z.string().trim().max(300, 'Use at most 300 characters').optional(),
  /** Written only; it is never shown again. */
  clientSecret: z.string().trim().max(2000, 'Use at most 2,000 characters').optional(),
  assumesVerified: z.boolean().optional(),
  attributes: z.strictObject({ email: AttributeName.optional(), name: AttributeName.optional(), groups: AttributeName.optional() }).optional(),
  allowedDomains: z.array(Domain).max(100, 'Give at most 100 domains').optional(),
}

export const CreateConnectionInput = z.strictObject({ kind: z.enum(CONNECTION_KINDS), ...fields })
export const UpdateConnectionInput = z.strictObject({ id: ConnectionId, ...fields, name: Name.optional() })
export const ConnectionInput = z.strictObject({ id: ConnectionId })

/** Mappings in the order of their priority. */
export const SetMappingsInput = z.strictObject({
  id: ConnectionId,
  mappings: z.array(z.strictObject({
    group: z.string().trim().min(1, 'Name the group as the provider does').max(300, 'Use at most 300 characters'), role: z.string().min(1, 'Choose a role'), scope: z.string().optional(),
  })).max(200, 'Give at most 200 mappings'),
})
