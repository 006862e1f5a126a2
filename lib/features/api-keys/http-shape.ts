import { z } from 'zod'
import { idText, pageQuery, Time } from '@/lib/boundary/http-schema'
import { KEY_MARKS, KEY_STATUSES } from './rules'
import { changeFields, ExpiryText, listFields, OverlapHours } from './schema'

export const KEY_EXAMPLE_ID = 'key_019a0b6e-6000-7bbb-8c10-2a3b4c5d6e7f'

export const keyExample = {
  id: KEY_EXAMPLE_ID, name: 'nightly export', purpose: 'Copies usage to the warehouse.', hint: 'gh_key_0aB3xY…',
  owner: { type: 'user', id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'admin@acme.test', email: 'admin@acme.test' },
  status: 'active', marks: ['narrowed'], role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'viewer', title: 'Viewer' }, scope: null, addresses: ['192.0.2.0/24'],
  createdBy: { id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'admin@acme.test' }, createdAt: '2026-11-22T09:30:00.000Z', expiresAt: null, suspendedAt: null,
  suspendedReason: null, revokedAt: null, revokedReason: null, rotatedFrom: null, replacedBy: null, lastUsedAt: null, lastUsedIp: null,
}

/** Fields of a key in answers, whoever owns it. */
export const keyColumns = {
  id: idText(KEY_EXAMPLE_ID, 'Id of the key.'),
  name: z.string(),
  purpose: z.string(),
  hint: z.string().meta({ description: 'Beginning of the secret, by which people tell keys apart.' }),
  owner: z.object({ type: z.enum(['user', 'service_account']), id: z.string(), name: z.string(), email: z.string().nullable() }),
  status: z.enum(KEY_STATUSES),
  marks: z.array(z.enum(KEY_MARKS)).meta({ description: '`old`: made over 90 days ago; `unused`: not used for 90 days; `expiring`: ends within 7 days; `narrowed`.' }),
  role: z.object({ id: z.string(), name: z.string().nullable(), title: z.string().nullable() }).nullable().meta({ description: 'Narrowing: only what this role holds. Without a title the role is gone, and the key allows nothing.' }),
  scope: z.object({ id: z.string(), type: z.string().nullable(), name: z.string().nullable() }).nullable().meta({ description: 'Narrowing: only at this resource and below.' }),
  addresses: z.array(z.string()).meta({ description: 'Narrowing: only from these addresses and ranges; empty: from anywhere.' }),
  createdBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  createdAt: Time,
  expiresAt: Time.nullable(),
  suspendedAt: Time.nullable(),
  suspendedReason: z.string().nullable().meta({ description: '`person`, `unused` or `leaked`.' }),
  revokedAt: Time.nullable(),
  revokedReason: z.string().nullable().meta({ description: '`person`, `rotated` or `leaked`.' }),
  rotatedFrom: z.string().nullable().meta({ description: 'The key whose secret this one replaces.' }),
  replacedBy: z.string().nullable().meta({ description: 'The key that replaces this one; until `expiresAt` both work.' }),
  lastUsedAt: Time.nullable().meta({ description: 'At most a minute late.' }),
  lastUsedIp: z.string().nullable(),
}

export const SecretText = z.string().meta({ description: 'The credential. Shown in this answer only.' })

/** What narrows a list of keys in the address. */
export const keyQuery = {
  ...pageQuery,
  status: listFields.status.meta({ description: 'Only these; left out: all but revoked ones.' }),
  mark: listFields.mark.meta({ description: 'Only keys with this mark.' }),
  q: listFields.q.meta({ description: 'Words of which each is part of the key’s name, or of its owner’s name or address; or the beginning of the secret as `hint` shows it.' }),
}

export const ChangeKeyBody = z.strictObject({ ...changeFields, expiresAt: ExpiryText.meta({ description: 'null: never, where the policy lets it.' }) })

export const RotateBody = z.strictObject({ overlapHours: OverlapHours.default(0).meta({ description: 'How long the old secret goes on working: 0 (it stops at once) to 168.', example: 24 }) })
