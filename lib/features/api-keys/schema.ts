import { z } from 'zod'
import { idSchema } from '@/lib/ids'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import { KEY_STATUSES } from './rules'

export const ApiKeyId = idSchema('key')

const Name = z.string().trim().min(1, 'A key needs a name').max(80, 'Use at most 80 characters')

const Expiry = z.iso.datetime({ offset: true, error: 'Use a time such as 2027-01-31T00:00:00Z' }).transform((text) => new Date(text)).nullish()

export const CreateApiKeyInput = z.strictObject({ name: Name, expiresAt: Expiry })

/** By whoever runs the server: the key of another member, named by address. */
export const IssueApiKeyInput = z.strictObject({ email: z.string().trim().toLowerCase().min(1).max(254), name: Name, expiresAt: Expiry })

export const RevokeApiKeyInput = z.strictObject({ id: ApiKeyId })

/** What narrows the list of keys; newest first. */
export const ApiKeyFilter = z.strictObject({
  owner: z.union([z.enum(['me', 'all']), idSchema('user')], { error: 'expected `me`, `all` or an id of the form usr_…' }).default('me'),
  status: z.enum(KEY_STATUSES).optional(),
  q: z.string().trim().max(200).default(''),
  limit: z.number().int().min(1).max(PAGE_LIMIT_MAX).default(50),
  cursor: z.string().max(2000).optional(),
})

export type ApiKeyFilter = z.output<typeof ApiKeyFilter>
