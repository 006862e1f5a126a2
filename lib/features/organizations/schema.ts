import { z } from 'zod'
import { ModelText } from '@/lib/features/access-models/schema'

/** Words that are pages of the console itself, so no organization can have them as its address. */
const RESERVED: ReadonlySet<string> = new Set(['api', 'access', 'scim', 'oauth', 'sso', 'docs', 'sign-in', 'sign-out', 'invite', 'reset', 'set-up', 'forgot-password', 'confirm-email', 'account', 'organizations', 'profile', 'security', 'confirm', 'sessions', 'healthz', 'readyz', 'metrics', 'public', 'static', 'new', 'admin', 'well-known', 'theme', '_next'])

/** Whether a word is the address of a page of our own. */
export const isReservedSlug = (slug: string): boolean => RESERVED.has(slug)

export const Email = z.string().trim().toLowerCase().max(254, 'An e-mail address has at most 254 characters').pipe(z.email('This is not an e-mail address'))

export const OrganizationName = z.string().trim().min(1, 'An organization needs a name').max(80, 'Use at most 80 characters')

/** The organization's address: what stands in the URL. */
export const Slug = z.string().trim().toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Use 1 to 40 lower-case letters, digits and hyphens; begin and end with a letter or digit')
  .refine((slug) => !RESERVED.has(slug), 'This address is reserved; choose another')

export const CreateOrganizationInput = z.strictObject({
  name: OrganizationName,
  slug: Slug,
  ownerEmail: Email,
  accessModel: z.string().default('standard'),
  /** With `custom`: the JSON of the access model. */
  modelText: ModelText.optional(),
})

export const RenameOrganizationInput = z.strictObject({ name: OrganizationName })
export const LeaveOrganizationInput = z.strictObject({})
