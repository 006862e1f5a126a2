import { z } from 'zod'
import { idSchema } from '@/lib/ids'

export const HolderInput = z.strictObject({ userId: idSchema('user') })

export const NothingInput = z.strictObject({})

/** `org` is the address of the organization, `code` as it was typed. */
export const OpenInput = z.strictObject({ org: z.string().min(1).max(100), code: z.string().trim().min(1, 'Enter one of your break-glass codes').max(100, 'This is too long') })
