import { z } from 'zod'
import { readRange } from '@/lib/access/addresses/range'
import { ScopeRef } from '@/lib/features/roles/schema'
import { idSchema } from '@/lib/ids'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import { parseKeySort, type KeySort } from './page-rules'
import { KEY_MARKS, KEY_STATUSES } from './rules'

export const ApiKeyId = idSchema('key')

export const KeyName = z.string().trim().min(1, 'A key needs a name').max(80, 'Use at most 80 characters')
export const KeyPurpose = z.string().trim().max(500, 'Use at most 500 characters')

const Moment = z.iso.datetime({ offset: true, error: 'Use a time such as 2027-01-31T00:00:00Z' })

/** An end as it is sent. Left out: as the organization's policy says; null: never. */
export const ExpiryText = Moment.nullish()
export const Expiry = Moment.transform((text) => new Date(text)).nullish()

/** An address or a range, in its one spelling. Bits beyond the prefix are a mistake that is told, not repaired. */
export const Cidr = z.string().max(64).transform((text, ctx) => {
  const range = readRange(text)
  if (range && !range.hasHostBits) return range.cidr
  ctx.addIssue({ code: 'custom', message: range ? `This range has bits set that it does not look at; write ${range.cidr}` : 'Use an address such as 192.0.2.7, or a range such as 192.0.2.0/24 or 2001:db8::/32' })
  return z.NEVER
})

export const Addresses = z.array(Cidr).max(100, 'Use at most 100 addresses and ranges').transform((list) => [...new Set(list)])

/** What a key may use of its owner's rights, by whom and how long. */
export const keyFields = {
  name: KeyName,
  purpose: KeyPurpose.default(''),
  expiresAt: Expiry,
  /** Narrowing: only what this role, by id or name, holds. */
  role: z.string().trim().min(1).max(120).optional(),
  /** Narrowing: only at this resource and below. */
  scope: ScopeRef.optional(),
  addresses: Addresses.default([]),
}

export const CreateApiKeyInput = z.strictObject(keyFields)

/** By whoever runs the server: the key of another member, named by address. */
export const IssueApiKeyInput = z.strictObject({ email: z.string().trim().toLowerCase().min(1).max(254), name: KeyName, expiresAt: Expiry })

export const changeFields = { name: KeyName.optional(), purpose: KeyPurpose.optional(), status: z.enum(['active', 'suspended']).optional(), expiresAt: Expiry }

export const UpdateApiKeyInput = z.strictObject({ id: ApiKeyId, ...changeFields })

export const OverlapHours = z.number().int('Use whole hours').min(0, 'Use 0 hours or more').max(168, 'Use at most 168 hours, which is a week')

export const RotateApiKeyInput = z.strictObject({ id: ApiKeyId, overlapHours: OverlapHours.default(0) })

export const RevokeApiKeyInput = z.strictObject({ id: ApiKeyId })

/** What narrows a list of keys; newest first. */
export const listFields = {
  status: z.enum(KEY_STATUSES).optional(),
  mark: z.enum(KEY_MARKS).optional(),
  q: z.string().trim().max(200).default(''),
  limit: z.number().int().min(1).max(PAGE_LIMIT_MAX).default(50),
  cursor: z.string().max(2000).optional(),
}

export const ApiKeyFilter = z.strictObject({
  owner: z.union([z.enum(['me', 'all']), idSchema('user')], { error: 'expected `me`, `all` or an id of the form usr_…' }).default('me'),
  ...listFields,
})

export type ApiKeyFilter = z.output<typeof ApiKeyFilter>
export type KeyListFilter = Omit<ApiKeyFilter, 'owner'>
export type KeyChange = Omit<z.output<typeof UpdateApiKeyInput>, 'id'>

export const NEWEST_FIRST: KeySort = { column: 'created', direction: 'desc' }

const Sort = z.string().transform((text, ctx) => {
  const sort = parseKeySort(text)
  if (sort) return sort
  ctx.addIssue({ code: 'custom', message: 'Sort by name, created, last-used or expires; a minus before it turns the order around' })
  return z.NEVER
})

/** What narrows and orders the console's list; without a status all but revoked ones. */
export const KeyPageFilter = z.strictObject({
  q: z.string().trim().max(200).default(''),
  status: z.array(z.enum(KEY_STATUSES)).default([]),
  mark: z.enum(KEY_MARKS).optional(),
  owner: ApiKeyFilter.shape.owner,
  sort: Sort.default(NEWEST_FIRST),
})

export type KeyPageFilter = z.output<typeof KeyPageFilter>
