import { z } from 'zod'
import { Domain } from '@/lib/features/sso-connections/schema'
import { idSchema } from '@/lib/ids'

export const DomainId = idSchema('domain')
export const AddDomainInput = z.strictObject({ domain: Domain })
export const DomainInput = z.strictObject({ id: DomainId })
